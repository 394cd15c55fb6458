/** `roar.job/1`: one job with everything that is known of it, and its short form for lists. */
import type {
  CompositeUse,
  Digests,
  DirtyFile,
  EnvironmentRecord,
  GitState,
  JobOutcome,
  PackageUse,
  ProcessRecord,
  Sourced,
  TracerUse,
} from '../model.ts'
import type { Base, Built, JobRecord, JobRow, StoredInput, StoredOutput } from '../store.ts'
import { instant } from './instant.ts'
import { pathFields } from './path-fields.ts'
import { stepName } from './step-name.ts'

export type JobDocument = ReturnType<typeof jobDocument>
export type JobBody = JobDocument['job']
export type JobSummary = ReturnType<typeof jobSummary>
export type InputBody = ReturnType<typeof inputBody>
export type OutputBody = ReturnType<typeof outputBody>

export function jobDocument(record: JobRecord) {
  const { row, start, outcome } = record
  return {
    schema: 'roar.job/1' as const,
    job: {
      ...jobHead(row),
      tags: start.tags,
      git: start.git && gitBody(start.git),
      tracer: outcome && tracerBody(outcome.tracer),
      inputs: (outcome?.inputs ?? []).map(inputBody),
      outputs: (outcome?.outputs ?? []).map(outputBody),
      deleted: (outcome?.deleted ?? []).map(pathFields),
      packages: (outcome?.packages ?? []).map(packageBody),
      lock_files: (outcome?.lockFiles ?? []).map(({ ecosystem, path, digests }) => ({
        ...pathFields(path),
        ecosystem,
        digests,
      })),
      interpreters: (outcome?.interpreters ?? []).map(({ path, digests }) => ({ ...pathFields(path), digests })),
      environment: outcome && environmentBody(outcome.environment),
      processes: (outcome?.processes ?? []).map(processBody),
      filtered: outcome?.filtered.counts ?? null,
      filtered_paths: (outcome?.filtered.paths ?? []).map((one) => ({
        ...pathFields(one.path),
        category: one.category,
      })),
      still_running: outcome?.stillRunning ?? [],
      notes: outcome?.notes ?? [],
      timings_ms: outcome?.timings ?? null,
    },
  }
}

/** A job in a list: no edges, but their number. */
export const jobSummary = (row: JobRow) => ({
  ...jobHead(row),
  commit: row.commit,
  branch: row.branch,
  inputs: row.inputs,
  outputs: row.outputs,
  complete: row.complete,
})

const jobHead = (row: JobRow) => ({
  uid: row.uid,
  session: row.sessionHash,
  kind: row.kind,
  step: stepName(row.step),
  execution: row.execution,
  name: row.name,
  status: row.status,
  argv: row.argv,
  cwd: row.cwd,
  started_at: instant(row.startedAt),
  ended_at: instant(row.endedAt),
  duration_ms: row.durationMs,
  exit_code: row.exitCode,
  signal: row.signal,
  dirty: row.dirty,
})

const gitBody = (git: GitState) => ({
  root: git.root,
  repository: git.repository,
  branch: git.branch,
  commit: git.commit,
  dirty: git.dirty,
  dirty_files: git.dirtyFiles.map((file: DirtyFile) => ({ path: file.path, status: file.status })),
  detached: git.detached,
  shallow: git.shallow,
  sparse: git.sparse,
  linked_worktree: git.linkedWorktree,
  submodules: git.submodules,
})

const tracerBody = (tracer: TracerUse) => ({
  name: tracer.name,
  version: tracer.version,
  reason: tracer.reason,
  lost: tracer.lost,
  coverage: tracer.coverage,
})

/** Not by `...`, which takes ten times as long: a job may have a million edges. */
function edgeBody(edge: JobOutcome['outputs'][number]) {
  const body = Object.assign(pathFields(edge.path), {
    names: edge.names.map((name) => pathFields(name).path),
    kind: edge.kind,
    format: edge.format,
    members: edge.members,
    size: edge.size,
    digests: edge.digests,
    reason: edge.reason,
    access: edge.access,
    processes: edge.processes,
    code: edge.code,
  })
  const whole: typeof body & CompositeFields = body
  return edge.composite ? Object.assign(whole, compositeFields(edge.composite)) : whole
}

/** Only composites have them. */
const compositeFields = ({ complete, incomplete, part }: CompositeUse): CompositeFields => ({
  complete,
  incomplete,
  part: part && {
    members: part.members,
    size: part.size,
    digests: part.digest === null ? {} : { blake3: part.digest },
    paths: (part.paths ?? []).map((path) => pathFields(path).path),
  },
})

interface CompositeFields {
  readonly complete?: boolean
  readonly incomplete?: string | null
  /** What the job read or changed of it; null: all. `paths`: the first hundred. */
  readonly part?: {
    readonly members: number
    readonly size: number
    readonly digests: Digests
    readonly paths: readonly string[]
  } | null
}

export function inputBody(edge: StoredInput): InputFields {
  const body: InputFields = Object.assign(edgeBody(edge), {
    sourced: edge.sourced,
    in_commit: edge.inCommit,
    producer: edge.producer && stepName(edge.producer),
    producer_uid: edge.producerUid,
  })
  if (edge.built) Object.assign(body, { base: firstBase(edge.built) })
  if (edge.keptFor !== undefined) Object.assign(body, { kept_for: pathFields(edge.keptFor).path })
  return body
}

type InputFields = ReturnType<typeof edgeBody> & {
  readonly sourced: Sourced
  readonly in_commit: boolean
  readonly producer: string | null
  readonly producer_uid: string | null
  /** Of one without a digest, or of a composite without a maker: what was last made there. Of a file that was a member: its composite. */
  readonly base?: BaseBody
  /** Of what was kept and not read: the output that keeps it. Only of what is published and exported. */
  readonly kept_for?: string
}

export const outputBody = (edge: StoredOutput) =>
  Object.assign(edgeBody(edge), { base: edge.built ? firstBase(edge.built) : null })

/** Of several, that of the first member. */
const firstBase = ({ bases: [first] }: Built): BaseBody => baseBody(first as Base)

/** What the job kept of what stood there before. */
const baseBody = (base: Base): BaseBody => ({
  ...pathFields(base.path),
  size: base.size,
  digests: base.digests,
  producer: base.producer && stepName(base.producer),
  producer_uid: base.producerUid,
})

export interface BaseBody {
  readonly path: string
  readonly path_b64?: string
  readonly size: number | null
  readonly digests: Digests
  readonly producer: string | null
  readonly producer_uid: string | null
}

const packageBody = (one: PackageUse) => ({
  ecosystem: one.ecosystem,
  name: one.name,
  version: one.version,
  purl: one.purl,
  location: one.location === null ? null : pathFields(one.location).path,
  modified: one.modified.map((path) => pathFields(path).path),
})

const environmentBody = ({ facts = {}, commitments = {}, ...record }: EnvironmentRecord) => ({
  ...record,
  facts,
  commitments,
})

const processBody = (one: ProcessRecord) => ({
  pid: one.pid,
  parent: one.parent,
  argv: one.argv,
  executable: one.executable === null ? null : pathFields(one.executable).path,
  cwd: one.cwd === null ? null : pathFields(one.cwd).path,
  exit_code: one.exitCode,
  signal: one.signal,
  seen_by: one.seenBy,
})
