/** The tables as Kysely sees them. docs/schema.md draws them; the migrations make them. Times: milliseconds since the epoch. Flags: 0 or 1. */
import type { Claim } from '@roar/core'
import type { ColumnType, Generated } from 'kysely'

type Flag = 0 | 1

export interface Tables {
  sessions: SessionsTable
  steps: StepsTable
  jobs: JobsTable
  environments: EnvironmentsTable
  environment_variables: { environment_id: number; name: string; value: string }
  environment_facts: { environment_id: number; name: string; value: string }
  environment_commitments: { environment_id: number; name: string; commitment: string }
  job_tags: { job_id: number; name: string; value: string }
  job_dirty_files: { job_id: number; ordinal: number; path: string; status: string }
  job_submodules: { job_id: number; path: string; commit_id: string; dirty: Flag }
  job_gaps: { job_id: number; ordinal: number; code: string; count: number; detail: string }
  job_processes: ProcessesTable
  job_notes: { job_id: number; ordinal: number; text: string }
  job_survivors: { job_id: number; pid: number }
  job_deleted: { job_id: number; ordinal: number; path_id: number }
  job_packages: { job_id: number; ordinal: number; package_id: number; location_id: number | null }
  job_package_changes: { job_id: number; ordinal: number; path_id: number }
  job_lock_files: { job_id: number; ecosystem: string; path_id: number; algorithm: string; value: string }
  job_interpreters: { job_id: number; path_id: number; algorithm: string; value: string }
  packages: { id: Generated<number>; ecosystem: string; name: string; version: string; purl: string }
  filtered_sets: { id: Generated<number>; fingerprint: string }
  filtered_paths: { set_id: number; category: string; path_id: number }
  job_filtered: { job_id: number; category: string; count: number }
  paths: { id: Generated<number>; path: string; escaped: Flag }
  artifacts: ArtifactsTable
  digests: DigestsTable
  artifact_locations: LocationsTable
  edges: EdgesTable
  edge_bases: { job_id: number; ordinal: number; path_id: number; producer_job_id: number | null; whole: Flag }
  edge_names: { job_id: number; ordinal: number; path_id: number }
  manifest_pages: { id: Generated<number>; root: string; members: number; first: Buffer; data: Buffer }
  artifact_pages: { artifact_id: number; place: number; page_id: number }
  page_members: { key: number; page_id: number }
  edge_composites: EdgeCompositesTable
  edge_pages: { job_id: number; ordinal: number; place: number; page_id: number }
  edge_processes: { job_id: number; ordinal: number; pid: number }
  receipts: ReceiptsTable
  receipt_outputs: ReceiptOutputsTable
  receipt_digests: {
    receipt_id: number
    ordinal: number
    side: 'expected' | 'found'
    algorithm: string
    value: string
  }
  receipt_substitutions: { receipt_id: number; ordinal: number; text: string }
  registrations: RegistrationsTable
  annotations: AnnotationsTable
}

export interface RegistrationsTable {
  publication: string
  registry: string
  staged: string
  /** Null when it is published. */
  token: string | null
  sent: number
  cut: string
  started_at: number
  finished_at: number | null
  session_hash: string | null
  session_url: string | null
}

/** One of the three ids is set. */
export interface AnnotationsTable {
  id: Generated<number>
  session_id: number | null
  job_id: number | null
  artifact_id: number | null
  change: 'set' | 'unset' | 'add' | 'remove'
  name: string
  /** JSON. */
  value: string | null
  at: number
}

export interface SessionsTable {
  id: Generated<number>
  /** 32 random hex digits. */
  hash: string
  started_at: number
  current: Flag
}

export interface StepsTable {
  id: Generated<number>
  session_id: number
  kind: 'run' | 'build'
  /** From 1, apart for each kind. */
  number: number
  name: string | null
  /** Directory and words, as JSON: the identity of a step without a name. */
  command_key: string
}

export interface JobsTable {
  id: Generated<number>
  /** 8 random hex digits. */
  uid: string
  /** Null: the kind of its step. */
  verb: 'get' | 'put' | null
  session_id: number
  step_id: number
  execution: number
  name: string | null
  status: 'running' | 'completed' | 'failed' | 'interrupted'
  /** JSON array of strings. */
  argv: string
  /** The words with spaces between, for searching. */
  command: string
  cwd: string
  started_at: number
  ended_at: ColumnType<number | null, null | undefined, number>
  duration_ms: number | null
  exit_code: number | null
  signal: string | null
  in_git: Flag
  git_root: string | null
  repository: string | null
  branch: string | null
  commit_id: string | null
  dirty: Flag
  detached: Flag
  shallow: Flag
  sparse: Flag
  linked_worktree: Flag
  trace_log: string | null
  recorder_pid: number | null
  recorder_start: string | null
  tracer: string | null
  tracer_version: string | null
  tracer_reason: string | null
  lost: number
  complete: Flag
  inputs: number
  outputs: number
  environment_id: number | null
  filtered_set_id: number | null
  setup_ms: number | null
  child_ms: number | null
  observe_ms: number | null
  hash_ms: number | null
  record_ms: number | null
}

/** One row for each distinct environment: jobs of one machine share it. */
export interface EnvironmentsTable {
  id: Generated<number>
  fingerprint: string
  os: string
  hardware: string
  runtime: string
  hostname: string
}

export interface ProcessesTable {
  job_id: number
  ordinal: number
  pid: number
  parent: number | null
  argv: string
  executable_id: number | null
  cwd_id: number | null
  exit_code: number | null
  signal: string | null
  seen_by: string | null
}

export interface ArtifactsTable {
  id: Generated<number>
  kind: 'file' | 'composite'
  format: string | null
  members: number | null
  size: number | null
  first_seen: number
}

export interface DigestsTable {
  algorithm: string
  value: string
  artifact_id: number
  claim: Generated<Claim>
}

export interface LocationsTable {
  artifact_id: number
  job_id: number
  url: string
  endpoint: string | null
  version_id: string | null
  etag: string | null
  seen_at: number
}

/** Of an edge to a composite. `part_…`: the members that the job read or changed; null: all of them. */
export interface EdgeCompositesTable {
  job_id: number
  ordinal: number
  complete: Flag
  incomplete: string | null
  part_members: number | null
  part_size: number | null
  part_root: string | null
}

export interface EdgesTable {
  job_id: number
  /** From 0: inputs first, then outputs, each as they were given. */
  ordinal: number
  role: 'input' | 'output'
  /** Null: no digest is known, see `reason`. */
  artifact_id: number | null
  path_id: number
  size: number | null
  reason: string | null
  /** Bits in the order of `accessKinds`. */
  access: number
  sourced: 'job' | 'commit' | 'none'
  in_commit: Flag
  code: Flag
  producer_job_id: number | null
  /** Of an edge without artifact; else they are the artifact's. */
  kind: 'file' | 'composite' | null
  format: string | null
  members: number | null
}

type Verdict = 'identical' | 'content' | 'tolerance' | 'different' | 'missing'

/** One a reproduction. */
export interface ReceiptsTable {
  id: Generated<number>
  /** 32 random hex digits. */
  uid: string
  made_at: number
  user: string
  hostname: string
  os: string
  hardware: string
  version: string
  session: string
  verdict: Verdict
  accept: Verdict
  holds: Flag
  relative_tolerance: number
  absolute_tolerance: number
}

export interface ReceiptOutputsTable {
  receipt_id: number
  ordinal: number
  path_id: number
  step: string
  verdict: Verdict
  difference: string | null
}
