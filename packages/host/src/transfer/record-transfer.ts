/** Records a transfer as a job: a row `running` before the first byte, and behind the last one what has arrived, whatever became of the rest. */
import {
  type Clock,
  type EnvironmentPort,
  fromString,
  type GitPort,
  isRoarError,
  type JobHandle,
  type JobOutcome,
  type LineageStore,
  noneFiltered,
  relativeTo,
} from '@roar/core'
import { withoutStreams } from '../environment/stream-facts.ts'
import { ownIdentity } from '../run/process-identity.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { withoutSecrets } from './stored-url.ts'
import { type MovedComposite, type TransferKind, type Transferred, transferEdges } from './transfer-edges.ts'

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
  readonly kind: TransferKind
  readonly argv: readonly string[]
  readonly name: string | null
  readonly tags: Readonly<Record<string, string>>
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
  const { inputs, outputs } = transferEdges(room.workspace.rootPath, kind, transferred, composites)
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
    inputs,
    outputs,
    deleted: [],
    packages: [],
    environment: withoutStreams(await room.environment.describe(room.env)),
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
