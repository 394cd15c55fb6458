/** What a transfer has moved, as edges: what it read on one side, and what it made on the other. */
import {
  type BytePath,
  type Digests,
  fromString,
  type InputEdge,
  type JobOutcome,
  type Manifest,
  type OutputEdge,
  type RemoteFacts,
  relativeTo,
} from '@roar/core'
import { withoutSecrets } from './stored-url.ts'

export type TransferKind = 'get' | 'put'

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

/** `root`: of the workspace. Files that belong to a composite are no edges of their own. */
export function transferEdges(
  root: BytePath,
  kind: TransferKind,
  transferred: readonly Transferred[],
  composites: readonly MovedComposite[],
): Pick<JobOutcome, 'inputs' | 'outputs'> {
  const members = new Set(composites.flatMap((one) => one.members))
  const loose = transferred.filter((one) => !members.has(one))
  const remote = [
    ...composites.map((one) => compositeEdge(root, kind, 'remote', one)),
    ...loose.map((one) => remoteEdge(kind, one)),
  ]
  const local = [
    ...composites.map((one) => compositeEdge(root, kind, 'local', one)),
    ...loose.map((one) => localEdge(root, kind, one)),
  ]
  const [read, made] = kind === 'get' ? [remote, local] : [local, remote]
  return { inputs: read.map((edge): InputEdge => ({ ...edge, sourced: 'none', inCommit: false })), outputs: made }
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

function remoteEdge(kind: TransferKind, { remote, size, digests }: Transferred): OutputEdge {
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
  root: BytePath,
  kind: TransferKind,
  side: 'local' | 'remote',
  { folder, url, format, size, digests, manifest, incomplete, members }: MovedComposite,
): OutputEdge {
  const at = withoutSecrets(url)
  const [first] = members
  const isMade = (side === 'local') === (kind === 'get')
  return {
    ...common,
    ...(side === 'local'
      ? { path: relativeTo(root, fromString(folder)) }
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

function localEdge(root: BytePath, kind: TransferKind, { file, size, digests }: Transferred): OutputEdge {
  const path = relativeTo(root, fromString(file))
  return { ...common, path, size, digests, access: [kind === 'get' ? 'created' : 'read'] }
}
