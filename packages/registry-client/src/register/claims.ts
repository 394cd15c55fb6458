/** A published job in the words of the wire: the job, its artifacts, and the links between them. */
import {
  type Digests,
  type PublishedInput,
  type PublishedJob,
  type PublishedMember,
  type PublishedMembers,
  type PublishedOutput,
  spelledBytes,
} from '@roar/core'
import type { ArtifactClaim, Component, ComponentList, JobClaim, LinkClaim } from '@roar/registry/api'

type Edge = PublishedInput | PublishedOutput

/** The registry keeps the words apart as well; one text of them is for searching and for older clients. */
const longestCommand = 262_144

export function jobClaim(job: PublishedJob): JobClaim {
  const { git } = job
  return {
    job_uid: job.uid,
    command: commandText(job.argv),
    timestamp: Date.parse(job.started_at as string) / 1000,
    duration_seconds: job.duration_ms === null ? null : job.duration_ms / 1000,
    exit_code: job.exit_code,
    signal: job.signal,
    job_type: job.kind,
    step_number: Number(job.step.replace(/^@B?/, '')),
    name: job.name,
    git_repo: git?.repository ?? null,
    git_commit: git?.commit ?? null,
    git_branch: git?.branch ?? null,
    dirty: job.dirty,
    argv: [...job.argv],
    cwd: job.cwd,
    record: recordOf(job),
  }
}

function recordOf(job: PublishedJob) {
  const { inputs: _inputs, outputs: _outputs, argv: _argv, ...record } = job
  return record
}

const commandText = (argv: readonly string[]): string => {
  const text = argv.map((one) => shellWord(spelledBytes(one))).join(' ')
  return text.length <= longestCommand ? text : `${text.slice(0, longestCommand - 1)}…`
}

const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

export interface NamedDigest {
  readonly algorithm: string
  readonly digest: string
}

/** The digest by which an artifact is named on the wire: blake3 where there is one. Null where none is known. */
export function primaryDigest(digests: Digests): NamedDigest | null {
  const names = Object.keys(digests)
  const algorithm = ['blake3', 'sha256'].find((one) => one in digests) ?? names.sort()[0]
  return algorithm === undefined ? null : { algorithm, digest: digests[algorithm] as string }
}

export const artifactClaim = (edge: Edge): ArtifactClaim => ({
  hashes: Object.entries(edge.digests).map(([algorithm, digest]) => ({ algorithm, digest })),
  size: edge.size,
  kind: edge.kind,
  format: edge.format,
  members: edge.members,
  ...locationOf(edge),
})

/** Data that was fetched from or put to an address was recorded under it. */
function locationOf({ path }: Edge) {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1]
  return scheme ? { source_type: scheme.toLowerCase(), source_url: path } : {}
}

/** Null for a composite that no digest names. */
export function memberList({ digests, first, members }: PublishedMembers): ComponentList | null {
  const named = primaryDigest(digests)
  return named && { hash: named.digest, algorithm: named.algorithm, first, components: members.map(memberClaim) }
}

function memberClaim({ path, path_b64, type, size, digests }: PublishedMember): Component & { path_b64?: string } {
  const named = primaryDigest(digests)
  const further = Object.entries(digests).filter(([algorithm]) => algorithm !== named?.algorithm)
  return {
    relative_path: path,
    ...(path_b64 !== undefined && { path_b64 }),
    ...(named && { component_digest: named.digest, component_algorithm: named.algorithm }),
    component_size: size,
    leaf_kind: type === 'link' ? 'symlink' : 'file',
    ...(further.length > 0 && { hashes: further.map(([algorithm, digest]) => ({ algorithm, digest })) }),
  }
}

export function linkClaim(edge: Edge): LinkClaim {
  const named = primaryDigest(edge.digests)
  return {
    ...(named && { hash: named.digest, algorithm: named.algorithm }),
    path: edge.path,
    ...(edge.path_b64 !== undefined && { path_b64: edge.path_b64 }),
    size: edge.size,
    access: [...edge.access],
    ...('sourced' in edge && { sourced: edge.sourced }),
    reason: edge.reason,
    kind: edge.kind,
    format: edge.format,
    code: edge.code,
    ...('kept_for' in edge && edge.kept_for !== undefined && { kept_for: edge.kept_for }),
  }
}
