/**
 * What the pipeline needs from the machine. `@roar/host` implements these on Node; a test or another runtime brings its own.
 * They are not extension points for plugins: those are in `contracts.ts`.
 */
import type { BytePath } from './byte-path.ts'
import type { RecordedFile } from './classify/package-uses.ts'
import type {
  FileStamp,
  FlatLines,
  Hasher,
  HeldFile,
  LineageStore,
  Look,
  PackedScan,
  Probe,
  Revisited,
  StartedProcess,
  StartRequest,
  TracerBackend,
  TreeScan,
} from './contracts.ts'
import type { Digests, EnvironmentRecord, GitState } from './model.ts'

/** Reads files once for all algorithms, on all cores, with the digest cache in between. */
export interface HashService {
  hash(paths: readonly BytePath[], options: HashOptions): Promise<readonly HashedFile[]>
  close(): Promise<void>
}

export interface HashOptions {
  /** Names of registered algorithms. */
  readonly algorithms: readonly string[]
  readonly signal?: AbortSignal
  /** Called at most ten times a second. */
  readonly onProgress?: (progress: HashProgress) => void
  /** Lower priority and fewer threads: the traced program is still running. */
  readonly background?: boolean
}

export interface HashProgress {
  readonly files: number
  readonly totalFiles: number
  readonly bytes: number
  /** null until every size is known. */
  readonly totalBytes: number | null
}

/** In the order of the request. */
export interface HashedFile {
  readonly path: BytePath
  /** null with an `error`: ENOENT, EACCES, EISDIR, …, or UNSTABLE when it changed at every attempt (3). */
  readonly digests: Digests | null
  readonly error: string | null
  /** Of the bytes that were hashed. */
  readonly stamp: FileStamp | null
  /** Optional: that of the stamp, where it is to be had for less. */
  readonly size?: number
}

export interface GitPort {
  /** null outside a work tree. Lists every dirty path, untracked files included; never writes (no index refresh on disk). */
  state(directory: string): Promise<GitState | null>
  /** Which of these absolute paths are tracked at the commit and clean. */
  committed(state: GitState, paths: readonly BytePath[]): Promise<ReadonlySet<BytePath>>
}

export interface FileState extends FileStamp {
  /** st_mode. */
  readonly mode: number
  readonly links: number
}

export interface FilePort {
  /** Follows no symlink; null when it does not exist or cannot be asked. */
  state(path: BytePath): FileState | null
  /** Does a store through a shared mapping move this file's mtime? Not on memory file systems (tmpfs has no write-fault hook). */
  timesMappedStores(path: BytePath): boolean
  readonly probe: Probe
  /**
   * One that remembers nothing from before: what a job made is looked for when the job is over. `remembersLists` (default false): for who asks
   * for the same directories again and again.
   */
  readonly freshProbe?: (how?: { readonly remembersLists: boolean }) => Probe
  /** Keeps the bytes of a file that is about to be destroyed, at once and whatever its size; null where its file system shares none (a reflink). */
  readonly shareBytes?: (file: HeldFile) => Promise<SharedBytes | null>
  /** What a directory has of symbolic links and of directories below it; nothing of one that cannot be read. */
  readonly branches?: (folder: BytePath) => Branches
  /** When a directory was made, in milliseconds since the epoch; null where its file system does not tell, or where there is none. */
  readonly born?: (directory: BytePath) => number | null
}

export interface Branches {
  /** Those that lead somewhere. */
  readonly links: readonly StandingLink[]
  readonly folders: readonly BytePath[]
}

export interface StandingLink {
  /** Its own, absolute. */
  readonly path: BytePath
  /** Where it leads in the end: the real path, absolute. */
  readonly target: BytePath
}

/** A file without a name that shares its bytes with one which others may change. */
export interface SharedBytes {
  /** Where this process can read them. */
  readonly path: BytePath
  /** The version that was shared. */
  readonly stamp: FileStamp
  free(): void
}

/** What composites are formed with. */
export interface CompositePort {
  /** BLAKE3 of many short inputs; see `HashAlgorithm.hashEach`. */
  hashEach(data: Uint8Array, ends: Uint32Array): Uint8Array
  hasher(algorithm: 'blake3' | 'sha256'): Hasher
  /** Null where the directory is not there or cannot be read. */
  scan(root: BytePath): Promise<TreeScan | null>
  /** The same without what lies in directories below. */
  scanDirect(root: BytePath): Promise<TreeScan | null>
  /** The target of a symbolic link, as it is written in it. */
  linkTarget(path: BytePath): Uint8Array | null
  /** What was known of the members at the last forming, or null. Best effort, as the digest cache. */
  remembered(name: BytePath): RememberedMembers | null
  remember(name: BytePath, members: RememberedMembers): void
  /** Optional: what it was at its last forming, if that had the same `key` and nothing that its members depend on has changed. Its bytes are the caller's. */
  former?(name: BytePath, key: string): FormerComposite | null
  /** `changed`: entries that are not as `former` gave them; null: all. `looks`: what decided on its members. */
  keepFormer?(name: BytePath, former: FormerComposite, changed: readonly number[] | null, looks: Iterable<Look>): void
  /** Optional: see `FileHasher.revisitTree`. */
  revisit?(root: BytePath, before: PackedScan): Promise<Revisited | null>
  /** Optional: see `FileHasher.flatDigest`. */
  flatDigest?(lines: FlatLines, algorithm: 'blake3' | 'sha256'): Uint8Array
}

/** A composite in columns over all entries of its root, members or not, with its tree. */
export interface FormerComposite {
  readonly key: string
  readonly scan: PackedScan
  /** Bits of `formerFlags`. */
  readonly flags: Uint8Array
  /** BLAKE3, 32 bytes an entry. */
  readonly digests: Uint8Array
  readonly sha256: Uint8Array | null
  /** Where pages end, in members, and the roots of their trees. */
  readonly pageEnds: Uint32Array
  readonly pageRoots: Uint8Array
  readonly incomplete: string | null
  readonly elsewhere: readonly string[]
}
export const formerFlags = { member: 1, known: 2, carriesData: 4 } as const

/** Of every path that was scanned: its stamp and, where `known`, its BLAKE3 digest. */
export interface RememberedMembers {
  readonly paths: readonly BytePath[]
  readonly stamps: BigInt64Array
  readonly known: Uint8Array
  /** 32 bytes each. */
  readonly digests: Uint8Array
}

/** Starts the child as the user's shell would have. */
export interface LaunchPort {
  start(request: StartRequest): Promise<StartedProcess>
}

export interface EnvironmentPort {
  /** Called once the child runs: what takes time is worked out beside it. */
  prepare?(env: Readonly<Record<string, string | undefined>>): void
  describe(env: Readonly<Record<string, string | undefined>>): EnvironmentRecord | Promise<EnvironmentRecord>
}

export interface PackageFilePort {
  /** Which files (`record.file`) are what each record says, and which are not; none of a file that nobody can tell of. */
  compare(files: readonly RecordedFile[], signal: AbortSignal): Promise<ReadonlyMap<RecordedFile, Verdict>>
}

export type Verdict = 'right' | 'modified'

export interface ChosenTracer {
  readonly tracer: TracerBackend
  readonly reason: string
  /** As its preflight has it. */
  readonly harm?: string
}

/** What the recorder says while it works; the CLI prints it to stderr, an embedding program does as it likes. */
export type Progress =
  | { readonly phase: 'started'; readonly pid: number; readonly tracer: string; readonly reason: string }
  | { readonly phase: 'ended'; readonly durationMs: number }
  /** What was observed is sorted: so many files are edges of the job, and are hashed now. */
  | { readonly phase: 'classified'; readonly inputs: number; readonly outputs: number }
  | { readonly phase: 'hashing'; readonly progress: HashProgress }
  /** Everything is known, and is written down now. */
  | { readonly phase: 'hashed' }
  | { readonly phase: 'recorded'; readonly uid: string }
  | { readonly phase: 'warning'; readonly message: string }

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds, monotonic. */
  monotonic(): number
}

export interface RunServices {
  readonly store: LineageStore
  readonly hashes: HashService
  readonly git: GitPort
  readonly files: FilePort
  readonly launch: LaunchPort
  readonly environment: EnvironmentPort
  /** Without it no package is checked for changed files. */
  readonly packageFiles?: PackageFilePort
  readonly clock: Clock
  /** Made when the first composite is to be formed; absent: all files stay files. */
  readonly composites?: () => Promise<CompositePort | null>
}
