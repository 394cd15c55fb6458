/** The store's contract: append and query. `contracts.ts` re-exports it; it is a page of its own because it is the longest. */
import type { AnnotationChange, AnnotationQuery, AnnotationRow, AnnotationTarget } from './annotations.ts'
import type { BytePath } from './byte-path.ts'
import type {
  Claim,
  Digests,
  InputEdge,
  JobKind,
  JobOutcome,
  JobStart,
  JobStatus,
  Member,
  OutputEdge,
  RemoteFacts,
  StepRef,
} from './model.ts'
import type { Receipt, ReceiptQuery } from './receipt.ts'

export interface LineageStore {
  /** The current session; opened by `init`, `reset`, or the first job. */
  currentSession(): Promise<SessionRow | null>
  openSession(startedAt: number): Promise<SessionRow>
  sessions(): Promise<readonly SessionRow[]>

  /** Durable before it returns: the row "running". */
  beginJob(start: JobStart): Promise<JobHandle>
  /** One transaction: edges, artifacts, digests, packages, processes, coverage. Resolves each input's producer. Durable before it returns. */
  finishJob(uid: string, outcome: JobOutcome): Promise<void>
  /** Takes back the row of a job whose child was never started. */
  abandonJob(uid: string): Promise<void>
  /** Jobs whose recorder is gone; the caller finishes them as interrupted. */
  runningJobs(): Promise<readonly JobRow[]>

  /** Without the edges. Newest first. */
  jobs(query?: JobQuery): Promise<readonly JobRow[]>
  countJobs(query?: JobQuery): Promise<number>
  /** A uid or a unique prefix (≥ 4 hex digits): all matches, at most 16. */
  jobsByUid(prefix: string): Promise<readonly JobRow[]>
  /** Executions of one step, newest first; at most `limit`. */
  executions(session: number, step: StepRef, limit?: number): Promise<readonly JobRow[]>
  /** The whole record; with `mostEdges` only the first so many inputs and outputs: `row` has their numbers. */
  job(id: number, mostEdges?: number): Promise<JobRecord | null>
  /** A job's inputs and outputs part by part, as its whole record has them. A store need not have these. */
  inputsOf?(job: number, part: EdgePart): Promise<readonly StoredInput[]>
  outputsOf?(job: number, part: EdgePart): Promise<readonly StoredOutput[]>
  /** The whole records of many jobs for about the price of one: in the order of the ids, without those that are not there. */
  jobRecords(ids: readonly number[]): Promise<readonly JobRecord[]>

  /** Any algorithm, a whole digest or a prefix, or the whole ETag of a location: all matches, at most 16. */
  artifactsByDigest(prefix: string, algorithm?: string): Promise<readonly ArtifactRow[]>
  /** Artifacts seen at a path (as stored: relative to the workspace or absolute), newest first; where there are none, those with that further name. */
  artifactsAtPath(path: BytePath): Promise<readonly ArtifactUse[]>
  artifact(id: number): Promise<ArtifactRecord | null>
  /** Of a composite, in the order of their paths' bytes. */
  members(artifact: number, query?: MemberQuery): Promise<readonly Member[]>
  member(artifact: number, path: BytePath): Promise<Member | null>
  /** Composites with a member of this digest (at least 8 hex digits): all matches, at most 16. */
  membersByDigest(prefix: string): Promise<readonly MemberMatch[]>
  /** The members that a job read or changed of a composite; `ordinal` is that of its edge. */
  partMembers(job: number, ordinal: number, limit: number): Promise<readonly Member[]>

  /** Of each of these paths the newest job that left nothing there; nothing of those that no job has emptied. */
  removals(paths: readonly BytePath[]): Promise<readonly Removal[]>

  /** Nodes and edges of a session's graph. */
  graph(query: GraphQuery): Promise<GraphRows>
  /** A job's outputs in their order, part by part. A store that never leaves outputs out of a graph need not have it. */
  madeFiles?(job: number, part: EdgePart & { readonly digests: boolean }): Promise<readonly MadeFile[]>

  /** Removes the newest job of the session with its edges and the artifacts that nothing else refers to. */
  popJob(session: number): Promise<JobRow | null>

  /** Appends to the notes and marks of one thing: all of the changes or none. */
  annotate(target: AnnotationTarget, changes: readonly AnnotationChange[], at: number): Promise<void>
  /** Every change to the things asked for, oldest first. */
  annotations(query: AnnotationQuery): Promise<readonly AnnotationRow[]>

  /** How far a publication to a registry came; null: it was never begun. */
  registration(publication: string, registry: string): Promise<RegistrationRow | null>
  /** Makes the row or takes the place of the one there. */
  putRegistration(row: RegistrationRow): Promise<void>
  /** Newest first. */
  registrations(): Promise<readonly RegistrationRow[]>
  /** Of a reproduction; the same one again changes nothing. */
  recordReceipt(receipt: Receipt): Promise<void>
  receipts(query?: ReceiptQuery): Promise<readonly Receipt[]>

  /** One number per table, for `doctor`. */
  statistics(): Promise<Readonly<Record<string, number>>>
  /** Checks structure and references; each line is one fault. */
  check(): Promise<readonly string[]>
  /** `atEnd`: the process ends right behind it. What takes time and may as well be done by the next one can be left then. */
  close(how?: { readonly atEnd: boolean }): Promise<void>
}

/** One publication to one registry. */
export interface RegistrationRow {
  /** `Publication.id` */
  readonly publication: string
  /** Its address. */
  readonly registry: string
  readonly staged: string
  /** Opens what is staged; null when it is published. */
  readonly token: string | null
  readonly sent: number
  readonly cut: string
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly sessionHash: string | null
  readonly sessionUrl: string | null
}

export interface SessionRow {
  readonly id: number
  /** 32 hex digits. */
  readonly hash: string
  readonly startedAt: number
  readonly current: boolean
  readonly jobs: number
}

export interface JobHandle {
  readonly id: number
  readonly uid: string
  readonly session: SessionRow
  readonly step: StepRef
  readonly execution: number
}

export interface JobQuery {
  readonly session?: number
  /** `run`: with gets and puts, which are steps among the runs. */
  readonly kind?: JobKind
  readonly limit?: number
  readonly offset?: number
  /** Milliseconds since the epoch. */
  readonly since?: number
  /** Case-insensitive substring of the command line or name. */
  readonly grep?: string
  readonly dirty?: boolean
  readonly status?: JobStatus
}

export interface JobRow {
  readonly id: number
  readonly uid: string
  readonly session: number
  readonly sessionHash: string
  readonly kind: JobKind
  readonly step: StepRef
  readonly execution: number
  readonly name: string | null
  readonly status: JobStatus
  readonly argv: readonly string[]
  readonly cwd: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly durationMs: number | null
  readonly exitCode: number | null
  readonly signal: string | null
  readonly dirty: boolean
  readonly commit: string | null
  readonly branch: string | null
  readonly inputs: number
  readonly outputs: number
  readonly complete: boolean
  readonly traceLog: string | null
  readonly recorderPid: number | null
  readonly recorderStart: string | null
}

export interface MemberQuery {
  /** The first path, or what would be behind it. */
  readonly from?: BytePath
  readonly limit?: number
}

export interface MemberMatch {
  readonly artifact: ArtifactRow
  readonly member: Member
}

/** An input with what the store knows about where it came from. */
export interface StoredInput extends InputEdge {
  readonly artifact: number | null
  readonly producer: StepRef | null
  readonly producerUid: string | null
  /** Of a composite: by which `partMembers` finds it. */
  readonly ordinal?: number
  /** Of what was kept and not read, where it stands among inputs (`usedContents`): the output that keeps it. */
  readonly keptFor?: BytePath
  /** Of an input without a digest, or of a composite that no job has made as such: what is known to have been made there before. */
  readonly built?: Built
}
export interface StoredOutput extends OutputEdge {
  readonly artifact: number | null
  readonly ordinal?: number
  /** What stood at `base`. */
  readonly built?: Built
}

/** `whole`: of an input, that the bases are all that is known of it; of an output, that the job has read it, too, so that all it made may come of it. Several: members of a composite that several jobs have made. */
export interface Built {
  readonly bases: readonly Base[]
  readonly whole: boolean
}

/** What an output was built on. `artifact` null and no digests: no job is known to have made it. */
export type Base = Pick<
  StoredInput,
  'path' | 'artifact' | 'kind' | 'format' | 'members' | 'size' | 'digests' | 'producer' | 'producerUid'
>

export interface JobRecord {
  readonly row: JobRow
  readonly start: JobStart
  /** Null while it runs. */
  readonly outcome:
    | (Omit<JobOutcome, 'inputs' | 'outputs'> & {
        readonly inputs: readonly StoredInput[]
        readonly outputs: readonly StoredOutput[]
      })
    | null
}

/** An object of a store that holds a content, as it was when a job saw it. */
export interface ArtifactLocation extends RemoteFacts {
  readonly job: string
  readonly seenAt: number
}

export interface ArtifactRow {
  readonly id: number
  readonly kind: 'file' | 'composite'
  readonly format: string | null
  readonly members: number | null
  readonly size: number | null
  readonly digests: Digests
  /** Of the digests that nobody has verified yet. */
  readonly claims: Readonly<Record<string, Claim>>
  readonly firstSeen: number
}

export interface ArtifactUse {
  readonly artifact: ArtifactRow | null
  readonly job: JobRow
  readonly role: 'input' | 'output'
  readonly path: BytePath
}

/** What lay at a path was moved away or removed by a job. */
export interface Removal {
  readonly path: BytePath
  readonly job: JobRow
  /** Null: removed, or moved to where it is no output. */
  readonly movedTo: BytePath | null
}

export interface ArtifactRecord extends ArtifactRow {
  readonly locations: readonly BytePath[]
  /** Those of them that are URLs, newest first. */
  readonly remote: readonly ArtifactLocation[]
  /** Newest first, at most 1,000 each. */
  readonly producedBy: readonly ArtifactUse[]
  readonly consumedBy: readonly ArtifactUse[]
}

export interface GraphQuery {
  readonly session: number
  /** Every execution; else the newest of each step, and earlier ones that made what a job in the graph has used and nobody there makes now. */
  readonly expanded?: boolean
  readonly withoutDirty?: boolean
  /** Only the newest so many jobs: a drawing of a very long session does not read all of it. */
  readonly limit?: number
  /**
   * Of a job with very many outputs, those that something else in the rows has to do with (it uses the path or the content, or makes the path too), and at
   * least the first so many of the others. A store may give all of them.
   */
  readonly mostOutputs?: number
}

export interface GraphRows {
  readonly jobs: readonly JobRow[]
  /** Every edge of those jobs, and as inputs what their outputs were built on; `artifact` null where no digest is known. */
  readonly edges: readonly {
    readonly job: number
    readonly artifact: number | null
    readonly path: BytePath
    readonly role: 'input' | 'output'
    readonly size: number | null
    readonly digest: string | null
    /** Job id of the producer of an input. */
    readonly producer: number | null
    readonly code: boolean
    /** Of what was kept and not read: the output that keeps it. No other output of the job comes of it. */
    readonly for?: { readonly artifact: number | null; readonly path: BytePath }
    /** Absent where the source does not tell: a file. */
    readonly kind?: 'file' | 'composite'
    readonly format?: string | null
    readonly members?: number | null
  }[]
  /** By job: how many of its outputs were left out, as `mostOutputs` allows. */
  readonly left?: ReadonlyMap<number, number>
}

/** Of a job's edges of one role, from the first on, which is 0. */
export interface EdgePart {
  readonly from: number
  readonly limit: number
}

/** What an output is in short. */
export interface MadeFile {
  readonly path: BytePath
  readonly artifact: number | null
  /** Null also where digests were not asked for. */
  readonly digest: string | null
  readonly kind: 'file' | 'composite'
  readonly size: number | null
}

/** Remembers digests of files that have not changed since. Best effort: a cache that fails is an empty cache. */
export interface DigestCache {
  get(stamp: CacheKey): Digests | null
  put(stamp: CacheKey, digests: Digests): void
  close(): void
}

/** The file's identity and version; see `FileStamp`. */
export interface CacheKey {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}
