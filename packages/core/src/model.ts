/**
 * The nouns of roar, as they are recorded. Everything here is plain data: it can be printed, stored and compared.
 * Digests are lower-case hex. Times are milliseconds since the Unix epoch (UTC). Sizes are bytes.
 */
import type { BytePath } from './byte-path.ts'

/** Steps are numbered apart for each: `@1`, `@B1`. */
export type StepKind = 'run' | 'build'
/** A `get` or a `put` is a step among the runs. */
export type JobKind = StepKind | 'get' | 'put'
export type JobStatus = 'running' | 'completed' | 'failed' | 'interrupted'

/** Digests of one content by algorithm name: `{ blake3: '…', sha256: '…' }`. */
export type Digests = Readonly<Record<string, string>>

/** Who says so: the bytes were read; a source said it; or it was computed from other digests. */
export type Claim = 'verified' | 'asserted' | 'derived'

/** What the keeper of an object says about it. Never a credential: URLs are stripped of them. */
export interface RemoteFacts {
  readonly url: string
  /** Which server, where the URL does not say: null for the one that its scheme stands for. */
  readonly endpoint: string | null
  readonly versionId: string | null
  /** Without quotes. A digest of the bytes only where its form and the encryption say so. */
  readonly etag: string | null
}

/** Why an edge carries no digest. */
export type NoDigestReason =
  | 'vanished'
  | 'unreadable'
  | 'overwritten-before-hash'
  /** Overwritten, too: the program was not kept waiting for it (`hold.size`), or not long enough (`hold.time`). */
  | 'too-large-to-hold'
  | 'held-too-long'
  | 'changed-after-read'
  /** Recorded from the log of a job whose recorder died: the output is not as the job left it, or nobody can tell. */
  | 'changed-since'
  | 'unstable'
  | 'not-hashed'
  | 'not-regular'

/** How the job touched a file; in the order of first occurrence. */
export type AccessKind =
  | 'read'
  | 'executed'
  | 'mapped'
  | 'created'
  | 'written'
  | 'truncated'
  | 'appended'
  | 'renamed'
  | 'linked'
  | 'may-write'

/** Who vouches for an input: a recorded job, the commit of the run, or nobody. */
export type Sourced = 'job' | 'commit' | 'none'

export interface Edge {
  readonly path: BytePath
  /** Further names by which the job used the same content (hard links, symlinks). */
  readonly names: readonly BytePath[]
  readonly kind: 'file' | 'composite'
  readonly format: string | null
  readonly members: number | null
  readonly size: number | null
  readonly digests: Digests
  /** By algorithm; those that are not named are verified. */
  readonly claims?: Readonly<Record<string, Claim>>
  /** Of an object of a store: `path` is its URL. */
  readonly remote?: RemoteFacts | null
  readonly reason: NoDigestReason | null
  readonly access: readonly AccessKind[]
  /** Process ids (of this job's process table) that made the accesses. */
  readonly processes: readonly number[]
  /** True for a program's own source file: covered by the commit when tracked and clean. */
  readonly code: boolean
  /** Of a composite only. */
  readonly composite?: CompositeUse | null
  /**
   * Of an output only: the name at which its content stood before the job, in whole or in part, if the job kept it without reading it: it renamed or
   * linked the file, appended to it or changed a part of it.
   */
  readonly base?: BytePath | null
  /** With a base: the job has read it behind its own change, so that all it made may come of it, and not this output alone. */
  readonly readBack?: boolean
}

/** A composite as a job found or left it. */
export interface CompositeUse {
  /** Unfinished output is not passed off as whole. */
  readonly complete: boolean
  /** Why not, for people. */
  readonly incomplete: string | null
  /** The members that the job read (of an input) or changed (of an output); null: all of them. */
  readonly part: CompositePart | null
  /** All members, while the job is being recorded; a store reads them when it is asked for them. Absent where they are not known. */
  readonly manifest?: Manifest
}

export interface CompositePart {
  readonly members: number
  /** Of those whose size is known. */
  readonly size: number
  /** The tree's root over these members alone; null where one of them has no digest. */
  readonly digest: string | null
  /** The first hundred, as a store reads them. */
  readonly paths?: readonly BytePath[]
  /** As in `CompositeUse`; those without digest are not in it. */
  readonly manifest?: Manifest
}

/** Members in the order of their paths' bytes, in pages that versions of a composite share. See docs/composites.md. */
export interface Manifest {
  readonly pages: readonly ManifestPage[]
}
export interface ManifestPage {
  /** Root of the page's subtree, hex. */
  readonly root: string
  readonly members: number
  /** The first and last path. */
  readonly first: BytePath
  readonly last: BytePath
  /** Made when it is written: pages that are stored already are not. */
  readonly data: () => Uint8Array
}

export interface Member {
  /** Relative to the composite's root. */
  readonly path: BytePath
  readonly type: 'file' | 'link'
  readonly size: number
  /** `blake3`, and others where they are known. */
  readonly digests: Digests
}

export interface InputEdge extends Edge {
  readonly sourced: Sourced
  /** The git blob is part of the recorded commit and clean. */
  readonly inCommit: boolean
}

export type OutputEdge = Edge

export interface PackageUse {
  readonly ecosystem: string
  readonly name: string
  readonly version: string | null
  /** https://github.com/package-url/purl-spec */
  readonly purl: string
  /** Where it is installed, or its first file that was used; absolute. */
  readonly location: BytePath | null
  /** Files the job used whose bytes are not those that the distribution's own record tells. */
  readonly modified: readonly BytePath[]
}

/** A file that pins packages: which versions could have been used. */
export interface LockFile {
  readonly ecosystem: string
  readonly path: BytePath
  readonly digests: Digests
}

/** The program that ran scripts of the job. */
export interface Interpreter {
  readonly path: BytePath
  readonly digests: Digests
}

export interface ProcessRecord {
  readonly pid: number
  readonly parent: number | null
  readonly argv: readonly string[]
  readonly executable: BytePath | null
  readonly cwd: BytePath | null
  readonly exitCode: number | null
  readonly signal: string | null
  /** The tracer that saw it, or null: announced by its parent, not seen itself. */
  readonly seenBy: string | null
}

/** Something the tracer knows it could not see; `code` is a gap code of docs/gaps.md. */
export interface Gap {
  readonly code: string
  readonly count: number
  readonly detail: string
}

export interface Coverage {
  readonly complete: boolean
  readonly gaps: readonly Gap[]
}

export interface TracerUse {
  readonly name: string
  readonly version: string
  /** Why this back end was taken. */
  readonly reason: string
  readonly lost: number
  readonly coverage: Coverage
}

export interface DirtyFile {
  readonly path: string
  /** Two-letter or one-letter porcelain status: M, A, D, R, ??, … */
  readonly status: string
}

export interface GitState {
  /** Absolute path of the work tree's root. */
  readonly root: string
  /** URL of the remote, credentials stripped; null without a remote. */
  readonly repository: string | null
  /** null when detached. */
  readonly branch: string | null
  /** 40 or 64 hex digits; null before the first commit. */
  readonly commit: string | null
  readonly dirty: boolean
  readonly dirtyFiles: readonly DirtyFile[]
  readonly detached: boolean
  readonly shallow: boolean
  readonly sparse: boolean
  /** Linked work tree (`git worktree`). */
  readonly linkedWorktree: boolean
  readonly submodules: readonly { readonly path: string; readonly commit: string; readonly dirty: boolean }[]
}

export interface EnvironmentRecord {
  readonly os: string
  readonly hardware: string
  readonly runtime: string
  readonly hostname: string
  readonly variables: Readonly<Record<string, string>>
  /** Everything else that is known, by dotted name: `cpu.model`, `container.id`. docs/environment.md lists them. */
  readonly facts?: Readonly<Record<string, string>>
  /** Of every variable that is not recorded: a keyed digest of its value. Equal values have equal ones, the value cannot be read. */
  readonly commitments?: Readonly<Record<string, string>>
}

/** Files left out of the edges, by category. Nothing filtered is silent: `samples` keeps the paths for `-v`. */
export const filterCategories = [
  'system',
  'package',
  'internal',
  'temporary',
  'ignored',
  'credential',
  'deleted',
] as const
export type FilterCategory = (typeof filterCategories)[number]
export type FilteredCounts = Readonly<Record<FilterCategory, number>>

/** To be counted up. */
export const noneFiltered = (): Record<FilterCategory, number> =>
  Object.fromEntries(filterCategories.map((one) => [one, 0])) as Record<FilterCategory, number>

export interface Filtered {
  readonly counts: FilteredCounts
  readonly paths: readonly { readonly category: FilterCategory; readonly path: BytePath }[]
}

export interface Timings {
  readonly setup: number
  readonly child: number
  readonly observe: number
  readonly hash: number
  readonly record: number
}

export interface ExitStatus {
  readonly exitCode: number | null
  /** Name, as `SIGTERM`. */
  readonly signal: string | null
}

/** What is known before the child starts: the write-ahead row. */
export interface JobStart {
  readonly kind: JobKind
  readonly name: string | null
  /** Rerun of an existing step, else null: a step is found by name, or by kind, cwd, argv and streams, or made. */
  readonly step: StepRef | null
  readonly argv: readonly string[]
  /** Relative to the workspace root ('.' for the root), absolute when outside. */
  readonly cwd: string
  /** What a shell has put behind the command's own streams, for it tells one step from another as words do: `<in.txt`, `>out.txt`. */
  readonly streams?: readonly string[]
  readonly startedAt: number
  readonly git: GitState | null
  readonly tags: Readonly<Record<string, string>>
  /** Where the running job's trace log lies, for recovery after a crash. */
  readonly traceLog: string | null
  readonly recorderPid: number
  /** Start time of the recorder in clock ticks since boot (`/proc/PID/stat` field 22), against pid reuse. */
  readonly recorderStart: string
}

export interface StepRef {
  readonly kind: StepKind
  readonly number: number
}

/** What is known when it is over; written in one transaction. */
export interface JobOutcome {
  readonly status: Exclude<JobStatus, 'running'>
  readonly endedAt: number
  readonly durationMs: number
  readonly exit: ExitStatus
  readonly tracer: TracerUse
  readonly inputs: readonly InputEdge[]
  readonly outputs: readonly OutputEdge[]
  readonly deleted: readonly BytePath[]
  readonly packages: readonly PackageUse[]
  readonly lockFiles?: readonly LockFile[]
  readonly interpreters?: readonly Interpreter[]
  readonly environment: EnvironmentRecord
  readonly processes: readonly ProcessRecord[]
  readonly filtered: Filtered
  readonly timings: Timings
  /** Processes of the tree that still ran when the main child ended. */
  readonly stillRunning: readonly number[]
  readonly notes: readonly string[]
}
