/**
 * Every point where roar can be extended. A plugin author reads this page and imports nothing else.
 *
 * A plugin is an npm package whose `package.json` has a `roar` field:
 *
 *     "roar": { "api": 1, "contributes": { "hashes": [{ "name": "crc32", "export": "createHash" }] } }
 *
 * `export` names a factory function of the package: it is called once, with no arguments unless the contract says otherwise, when the
 * contribution is first used. One small required interface each; whatever is marked optional is asked for by shape.
 */
import type { TraceEvent } from '@roar/trace-protocol'
import type { BytePath } from './byte-path.ts'
import type { ComparerFactory } from './comparer.ts'
import type { ExporterFactory } from './exporter.ts'
import type { FileStamp } from './file-stamp.ts'
import type { AccessKind, ExitStatus, Gap } from './model.ts'
import type { MadeFrom, PackageFound, PackageRecord } from './package-found.ts'
import type { RegistryFactory } from './registry.ts'
import type { StorageFactory } from './storage.ts'
import type { LineageStore } from './store.ts'
import type { CompositeMembers, FlatLines, Look, PackedScan, Revisited, TreeScan } from './tree-scan.ts'

export type { TraceEvent } from '@roar/trace-protocol'
export type * from './comparer.ts'
export type { ExportedLineage, Exporter, ExporterFactory } from './exporter.ts'
export type * from './file-stamp.ts'
export type * from './package-found.ts'
export type { Registry, RegistryDriver, RegistryFactory } from './registry.ts'
export type {
  ByteRange,
  PutOptions,
  Storage,
  StorageFactory,
  StorageOptions,
  StoredObject,
  UploadSource,
} from './storage.ts'
export type { LineageStore } from './store.ts'
export * from './tree-scan.ts'

/** The version of this page. A manifest with another number is refused before anything is imported. */
export const API_VERSION = 1

// ── Plugins ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The kinds of contribution, as they are spelled in a manifest. */
export interface Contributions {
  readonly tracers: TracerFactory
  readonly hashes: HashFactory
  readonly detectors: DetectorFactory
  readonly stores: StoreFactory
  readonly registries: RegistryFactory
  readonly comparers: ComparerFactory
  readonly exporters: ExporterFactory
  readonly storages: StorageFactory
}
export type ContributionKind = keyof Contributions

export interface ContributionManifest {
  /** Tracers: where a daemon listens that it needs; `%U` is the user's number. Where none is there, `auto` leaves it for last without loading it. */
  readonly sockets?: readonly string[]
  /** Tracers: a variable that names another place, which is then the only one. */
  readonly socketVariable?: string
  /** Unique among the active plugins of a kind. A hash's may end in `*`, for a parameter. */
  readonly name: string
  /** The factory's export name in the package's main module. */
  readonly export: string
  /** Detectors: lower comes first; default 500. */
  readonly order?: number
  /** Detectors: it only forms composites, so it is loaded once a job has kept a file. */
  readonly composites?: boolean
}

/** The `roar` field of a plugin's package.json. */
export interface PluginManifest {
  readonly api: number
  readonly contributes: { readonly [K in ContributionKind]?: readonly ContributionManifest[] }
}

// ── Tracers ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type TracerFactory = () => TracerBackend

/** Observes a command's whole process tree. */
export interface TracerBackend {
  readonly name: string
  readonly version: string
  readonly capabilities: TracerCapabilities
  /** Can this command be observed here and now? Quick (milliseconds), without side effects. */
  preflight(command: Command): Promise<Preflight>
  /**
   * Optional: false while something heavy would have to be loaded first. `auto` then takes another back end that is ready, so that no run waits
   * unasked. Microseconds: it is on the way of every run.
   */
  isWarm?(): boolean
  /** Optional: gives it, or takes from it, the rights that it needs on this machine, for every user. Throws ROAR_TRACER_ENABLE. */
  enable?(): Promise<void>
  disable?(): Promise<void>
  /**
   * Has the command started by `sink.start` and reports what its tree does to `sink.events`, in order, until it has ended.
   * Resolves when all facts are delivered. Rejects only if the command was not started.
   */
  trace(command: Command, sink: TraceSink): Promise<TraceOutcome>
  /** Optional: reads what a run left behind whose recorder was killed. Removes the log. */
  recover?(log: string, sink: Pick<TraceSink, 'events'>): Promise<TraceOutcome | null>
}

/** Declared limits. The conformance suite holds a back end to them; `roar tracer` prints them. */
export interface TracerCapabilities {
  readonly platforms: readonly string[]
  readonly privileges: 'none' | 'root' | 'capabilities'
  readonly seesStatic: boolean
  readonly seesSetId: boolean
  readonly seesDirectSyscalls: boolean
  readonly seesIoUring: boolean
  readonly survivesEnvironmentScrub: boolean
  /** Can hold a program that is about to destroy bytes which the job has read, until their digest is known. */
  readonly holdsDestruction: boolean
  readonly overhead: 'low' | 'medium' | 'high'
}

export interface Command {
  readonly argv: readonly string[]
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** A private directory, made by the caller, for the run's log and sockets; the caller removes it. */
  readonly runDirectory: string
}

export interface Preflight {
  readonly ok: boolean
  readonly summary: string
  readonly checks: readonly {
    readonly name: string
    readonly ok: boolean
    readonly detail: string
    readonly remedy?: string
  }[]
  /** Known before the start: what of this very command will not be seen. */
  readonly gaps?: readonly Gap[]
  /** What this very command would do otherwise than without the tracer, in words. Nobody is given such a tracer unasked while another can observe. */
  readonly harm?: string
}

/** What the tracer asks to be started: the command with its own additions. */
export interface StartRequest {
  readonly argv: readonly string[]
  readonly cwd: string
  /** Added to (or, with null, removed from) the environment of the user's shell. */
  readonly env: Readonly<Record<string, string | null>>
  /** A file that is made at the command's end by whoever outlives the recorder. */
  readonly endMark?: string
}

export interface StartedProcess {
  readonly pid: number
  readonly exited: Promise<ExitStatus>
}

export interface TraceSink {
  /** Starts it as the user's shell would have: same terminal, process group, signals, limits, descriptors. */
  start(request: StartRequest): Promise<StartedProcess>
  events(batch: readonly TraceEvent[]): void
  /**
   * A program is about to destroy the bytes of a file that the job has read. The tracer lets it go on when this resolves.
   * Absent when nobody wants the bytes kept.
   */
  hold?(file: HeldFile): Promise<void>
}

export interface HeldFile {
  readonly path: BytePath
  readonly dev: bigint
  readonly ino: bigint
  /** Bytes. */
  readonly size: bigint
}

export interface TraceOutcome {
  readonly exit: ExitStatus
  /** Events known to be lost. */
  readonly lost: number
  readonly gaps: readonly Gap[]
  /** Pids of the tree that are still alive. */
  readonly stillRunning: readonly number[]
}

// ── Hashes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `name`: the one asked for, as it matters to a factory whose manifest name ends in `*` (`s3-etag-*` makes `s3-etag-8m`). */
export type HashFactory = (name: string) => HashAlgorithm | Promise<HashAlgorithm>

export interface HashAlgorithm {
  /** Lower case, as it appears in records: `blake3`, `sha256`. */
  readonly name: string
  /** Bytes. */
  readonly digestLength: number
  /** `size`: bytes that will follow. Always given by the host; for algorithms that put it in front of them, as git does. */
  create(size?: number): Hasher
  /** Optional: a faster path for whole files, native and on several threads. Null where it is not available here. */
  readonly files?: FileHasher | null
  /** Optional: digests, one behind the other, of many short inputs that lie so; `ends` are the offsets at which they end. */
  hashEach?(data: Uint8Array, ends: Uint32Array): Uint8Array
  /** Optional: how it is written where that is not lower-case hex alone: the ETag of a multipart upload ends in `-5`. */
  text?(digest: Uint8Array, size: number): string
  /** Optional: this and others from one read, on several threads. Null when it does not know one of them, or is not available here. */
  together?(names: readonly string[]): HashesTogether | null
}

/** Several algorithms at once. A digest is theirs, one behind the other, in the order of the names asked for. */
export interface HashesTogether extends FileHasher {
  create(size: number): Hasher
}

export interface Hasher {
  update(chunk: Uint8Array): void
  /** Optional: the same beside the calling thread. Nothing else is called, and the bytes stay as they are, until it resolves. */
  updateBeside?(chunk: Uint8Array): Promise<void>
  /** Ends the hasher. */
  digest(): Uint8Array
}

/** Hashes whole files without passing their bytes through JavaScript. Never throws for a file: its error is in the result. */
export interface FileHasher {
  hashFiles(paths: readonly BytePath[], options?: FileHashOptions): Promise<readonly FileHash[]>
  /** Optional: everything below a directory with its stamps, without reading it. */
  scanTree?(root: BytePath): Promise<TreeScan>
  /** Optional: what changed since. Null when a name came, went or is another kind of thing. */
  revisitTree?(root: BytePath, before: PackedScan): Promise<Revisited | null>
  /** Optional: the flat digest that other recorders give a list of members (docs/composites.md). */
  flatDigest?(lines: FlatLines, algorithm: 'blake3' | 'sha256'): Uint8Array
}

export interface FileHashOptions {
  readonly threads?: number
  /** At lower priority: somebody waits for another program. */
  readonly background?: boolean
  /** Files of so many bytes or more need not be read: their error may be LARGE, with the stamp. A cache may know them. */
  readonly below?: number
  readonly signal?: AbortSignal
  /** Bytes hashed since the last call; at most some ten times a second. */
  readonly onProgress?: (bytes: number) => void
}

/** State is that of the open file just before and just after reading; `digest` is null with an `error` (`ENOENT`, `EACCES`, …). */
export interface FileHash {
  readonly digest: Uint8Array | null
  readonly error: string | null
  readonly before: FileStamp | null
  readonly after: FileStamp | null
  /** Optional: whether the two are equal, and their size. A hundred thousand files need not have their stamps made to be compared. */
  readonly unchanged?: boolean
  readonly size?: number
}

// ── Detectors ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type DetectorFactory = () => ArtifactDetector

/** Says what a file is. Asked in order; the first that does not answer null decides. */
export interface ArtifactDetector {
  readonly name: string
  detect(candidate: Candidate, probe: Probe): Detection | null
  /**
   * Optional: what holds for every file that lies directly in a directory, which then is not asked for singly. `none`: neither `detect` nor `packagesOf` has
   * anything to say there; a detection: `detect` answers that for each, and `packagesOf` nothing; null: each has to be asked. The root is empty.
   */
  inDirectory?(directory: BytePath, probe: Probe): Detection | 'none' | null
  /**
   * Optional: a directory without any of these in its path, with a slash behind it, is one for which `inDirectory` would answer `none`. It is then not asked:
   * one search for the marks of all detectors costs less than a question to each.
   */
  readonly marks?: readonly string[]
  /**
   * Optional, of a detector that answers `composite`: which of the paths below its root belong to it. Asked once a composite, and again for the
   * state before the job when the job changed it: the answer may depend on the paths and on files that are only ever added. Without it all belong.
   */
  describe?(found: CompositeFound, paths: readonly BytePath[], probe: Probe): CompositeMembers
  /**
   * Optional: packages that the use of a file tells of, whatever else the file is: whose it is in the system's package database, what is linked
   * into a program or packed into an archive. Asked of every detector for every input.
   */
  packagesOf?(candidate: Candidate, probe: Probe): readonly PackageFound[]
  /** Optional: what the distribution's own record says of a file which this detector named a package for. Null: it says nothing. */
  recorded?(path: BytePath, probe: Probe): PackageRecord | null
  /** Optional: what a file was made from that this detector leaves out as `ignored`, as bytecode is. Reading it used that, which then is the input. */
  madeFrom?(path: BytePath, probe: Probe): MadeFrom | null
  /** Optional: by ecosystem, the names of files that pin its packages. Those beside or above the job's directory are recorded with it. */
  readonly lockFiles?: Readonly<Record<string, readonly string[]>>
}

export type CompositeFound = Extract<Detection, { is: 'composite' }>

export interface Candidate {
  /** Absolute, canonical. */
  readonly path: BytePath
  readonly role: 'input' | 'output'
  readonly size: number | null
  /** Of an observed file: how the job used it. */
  readonly access?: readonly AccessKind[]
}

export type Detection =
  | { readonly is: 'system' }
  | { readonly is: 'ignored'; readonly why: string }
  | { readonly is: 'credential' }
  | (PackageFound & { readonly is: 'package' })
  /** The program's own source text. It stays an artifact, shown as code. */
  | { readonly is: 'code' }
  | { readonly is: 'artifact' }
  /** `root`: what its members' paths are relative to. `name`: what it is called, when not that; may hold a `*`. `counted`: only numbers in names make it one. */
  | {
      readonly is: 'composite'
      readonly root: BytePath
      readonly format: string
      readonly complete: boolean
      readonly name?: BytePath
      readonly counted?: boolean
    }

/** Alone: it rests on every source. */
export type DerivedText = string | { readonly text: string; readonly restsOn: number }

/** Cached looks at the disk, and where things are. Never throws: what cannot be read is null or empty. */
export interface Probe {
  /** Absolute, canonical; null outside a workspace. */
  readonly workspace: BytePath | null
  readonly home: BytePath
  readonly temporary: readonly BytePath[]
  /** Optional: the directories that variables of the command's environment with CACHE in their names lead to, by those names; canonical. */
  readonly caches?: ReadonlyMap<string, BytePath>
  readonly platform: NodeJS.Platform
  exists(path: BytePath): boolean
  /** Names in a directory, sorted bytewise; empty when it cannot be read. */
  list(directory: BytePath): readonly BytePath[]
  /** The first `length` bytes (at most 64 KiB); null when it cannot be read. */
  head(path: BytePath, length: number): Uint8Array | null
  /** The whole of a text file of at most `limit` bytes (default 1 MiB), as UTF-8; null when it is longer or cannot be read. */
  text(path: BytePath, limit?: number): string | null
  /** Bytes from an offset, or (negative) that far before the end; fewer at the end, null when it cannot be read. At most 16 MiB. Not kept. */
  part(path: BytePath, offset: number, length: number): Uint8Array | null
  /**
   * What `make` works out at some cost from a file, or from several files and directories; kept between runs while each of them stays the same, or stays away.
   * Aligned to 8 bytes. Of a directory only what makes, removes or renames an entry counts.
   */
  derived(name: string, source: BytePath | readonly BytePath[], make: () => Uint8Array): Uint8Array
  /**
   * Optional: like `derived`, for a short text. All with one name (letters, digits, `-`) are kept together, told apart by their first source. For who asks for
   * hundreds of them: they are read at once, and each costs a look at its sources; at the first so many, where `make` says that no other was needed.
   */
  derivedText?(name: string, sources: readonly BytePath[], make: () => DerivedText): string
  /** Optional: whoever asks has asked for all: what is new among such texts is kept now. */
  keep?(): void
  /** Optional: the whole of a file of at most `most` bytes, not remembered; null when it is larger or cannot be read. */
  bytes?(path: BytePath, most: number): Uint8Array | null
  /** Optional: what was looked at so far. */
  looks?(): Iterable<Look>
}

// ── Stores ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type StoreFactory = () => StoreDriver

export interface StoreDriver {
  readonly name: string
  /** Opens, and where needed makes or migrates, the store at a location: a file path, or a URL that the driver knows. */
  open(location: string, options?: StoreOptions): Promise<LineageStore>
}

export interface StoreOptions {
  /** `read`: no lock is taken and nothing is changed. Default `write`. */
  readonly mode?: 'read' | 'write'
}
