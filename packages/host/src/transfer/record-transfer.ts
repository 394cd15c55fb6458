/** Records a transfer as a job: a row `running` before the first byte, and behind the last one what has arrived, whatever became of the rest. */
import {
  type BytePath,
  type Clock,
  type Digests,
  type EnvironmentPort,
  fromString,
  type GitPort,
  type InputEdge,
  isRoarError,
  type JobHandle,
  type JobOutcome,
  type LineageStore,
  type Manifest,
  noneFiltered,
  type OutputEdge,
  type RemoteFacts,
  relativeTo,
} from '@roar/core'
import { ownIdentity } from '../run/process-identity.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { withoutSecrets } from './stored-url.ts'

export interface TransferRecorder {
  readonly workspace: Workspace
  readonly store: LineageStore
  readonly git: GitPort
  readonly environment: EnvironmentPort
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Absolute. */
  readonly directory: string
  /** Has the user had enough? */
  readonly interrupted: () => boolean
}

export interface TransferRequest {
  readonly kind: 'get' | 'put'
  readonly argv: readonly string[]
  readonly name: string | null
  readonly tags: Readonly<Record<string, string>>
}

/** One content that is in both places now. */
export interface Transferred {
  /** Absolute. */
  readonly file: string
  readonly remote: RemoteFacts
  readonly size: number
  readonly digests: Digests
}

/** Files that are one artifact. */
export interface MovedComposite {
  /** Absolute. */
  readonly folder: string
  /** Ends in a slash. */
  readonly url: string
  readonly format: string
  readonly size: number
  readonly digests: Digests
  readonly manifest: Manifest
  readonly incomplete: string | null
  readonly members: readonly Transferred[]
}

export interface RecordedTransfer {
  readonly handle: JobHandle
  readonly outcome: JobOutcome
}

/**
 * `work` tells each file as soon as it is whole, and answers with what of them is one artifact. Its failure is thrown again, when what went before is
 * recorded.
 */
export async function recordTransfer(
  room: TransferRecorder,
  request: TransferRequest,
  work: (done: (one: Transferred) => void) => Promise<readonly MovedComposite[]>,
): Promise<RecordedTransfer> {
  const startedAt = room.clock.now()
  const handle = await room.store.beginJob(await startOf(room, request, startedAt))
  const transferred: Transferred[] = []
  let failure: unknown = null
  const composites = await work((one) => transferred.push(one)).catch((error: unknown) => {
    failure = error ?? new Error('unknown')
    // What was fetched is not what was asked for: it is gone again.
    if (isRoarError(error) && error.data.discarded === true) transferred.length = 0
    return []
  })
  if (failure !== null && transferred.length === 0) {
    await room.store.abandonJob(handle.uid)
    throw failure
  }
  const outcome = await outcomeOf(room, request, transferred, composites, failure, startedAt)
  await room.store.finishJob(handle.uid, outcome)
  if (failure !== null) throw failure
  return { handle, outcome }
}

async function startOf(room: TransferRecorder, request: TransferRequest, startedAt: number) {
  const recorder = ownIdentity()
  return {
    kind: request.kind,
    name: request.name,
    step: null,
    argv: request.argv.map((word) => (word.includes('://') ? withoutSecrets(word) : word)),
    cwd: relativeTo(room.workspace.rootPath, fromString(room.directory)),
    startedAt,
    git: await room.git.state(room.directory),
    tags: request.tags,
    traceLog: null,
    recorderPid: recorder.pid,
    recorderStart: recorder.start,
  }
}

async function outcomeOf(
  room: TransferRecorder,
  { kind }: TransferRequest,
  transferred: readonly Transferred[],
  composites: readonly MovedComposite[],
  failure: unknown,
  startedAt: number,
): Promise<JobOutcome> {
  const endedAt = room.clock.now()
  const members = new Set(composites.flatMap((one) => one.members))
  const loose = transferred.filter((one) => !members.has(one))
  const remote = [
    ...composites.map((one) => compositeEdge(kind, 'remote', one, room)),
    ...loose.map((one) => remoteEdge(kind, one)),
  ]
  const local = [
    ...composites.map((one) => compositeEdge(kind, 'local', one, room)),
    ...loose.map((one) => localEdge(room, kind, one)),
  ]
  const [inputs, outputs] = kind === 'get' ? [remote, local] : [local, remote]
  return {
    status: failure === null ? 'completed' : room.interrupted() ? 'interrupted' : 'failed',
    endedAt,
    durationMs: endedAt - startedAt,
    exit: { exitCode: failure === null ? 0 : isRoarError(failure) ? failure.exitCode : 1, signal: null },
    tracer: {
      name: 'roar',
      version: '1',
      reason: 'roar itself moved the bytes',
      lost: 0,
      coverage: { complete: true, gaps: [] },
    },
    inputs: inputs.map((edge): InputEdge => ({ ...edge, sourced: 'none', inCommit: false })),
    outputs,
    deleted: [],
    packages: [],
    environment: await room.environment.describe(room.env),
    processes: [],
    filtered: {
      counts: noneFiltered(),
      paths: [],
    },
    timings: { setup: 0, child: endedAt - startedAt, observe: 0, hash: 0, record: 0 },
    stillRunning: [],
    notes:
      failure === null
        ? []
        : [`ended by ${isRoarError(failure) ? failure.code : 'a fault of roar'}; what is listed has arrived whole`],
  }
}

const common = {
  names: [],
  kind: 'file',
  format: null,
  members: null,
  reason: null,
  processes: [],
  code: false,
} as const

function remoteEdge(kind: 'get' | 'put', { remote, size, digests }: Transferred): OutputEdge {
  const url = withoutSecrets(remote.url)
  const { endpoint, versionId, etag } = remote
  return {
    ...common,
    path: fromString(url),
    remote: { url, endpoint, versionId, etag },
    size,
    digests,
    access: [kind === 'put' ? 'created' : 'read'],
  }
}

function compositeEdge(
  kind: 'get' | 'put',
  side: 'local' | 'remote',
  { folder, url, format, size, digests, manifest, incomplete, members }: MovedComposite,
  { workspace }: TransferRecorder,
): OutputEdge {
  const at = withoutSecrets(url)
  const [first] = members
  const isMade = (side === 'local') === (kind === 'get')
  return {
    ...common,
    ...(side === 'local'
      ? { path: relativeTo(workspace.rootPath, fromString(folder)) }
      : {
          path: fromString(at),
          // A prefix has neither version nor ETag.
          remote: { url: at, endpoint: first?.remote.endpoint ?? null, versionId: null, etag: null },
        }),
    kind: 'composite',
    format,
    members: members.length,
    size,
    digests,
    access: [isMade ? 'created' : 'read'],
    composite: { complete: incomplete === null, incomplete, part: null, manifest },
  }
}

function localEdge(
  { workspace }: TransferRecorder,
  kind: 'get' | 'put',
  { file, size, digests }: Transferred,
): OutputEdge {
  const path: BytePath = relativeTo(workspace.rootPath, fromString(file))
  return { ...common, path, size, digests, access: [kind === 'get' ? 'created' : 'read'] }
}
