/** What the fold makes of a run's facts: the first stage after `TraceEvent`. Paths are absolute and canonical. */
import type { BytePath } from '../byte-path.ts'
import type { FileStamp } from '../contracts.ts'
import type { AccessKind, ProcessRecord } from '../model.ts'

/** One content that the job read, left behind, or both. */
export interface ObservedFile {
  /** The name used for the access: at the first read of an input, at the end of the job for an output. */
  readonly path: BytePath
  /** Further names of the same content. */
  readonly names: readonly BytePath[]
  /** Where the bytes can be found now, or null when no name is left. */
  readonly location: BytePath | null
  /** Of an input: the version that was read; null when it could not be asked. */
  readonly stamp: FileStamp | null
  readonly access: readonly AccessKind[]
  readonly processes: readonly number[]
  /** The job changed or removed these bytes after reading them. */
  readonly destroyed: boolean
  /** Only a writable shared mapping says that it was written. `stamp` is from before; an unchanged file on a disk file system is no output. */
  readonly onlyMayWrite: boolean
  /** The stamp from before such a mapping. */
  readonly mappedStamp: FileStamp | null
  /** Of an output: before the job another content stood at `path`. */
  readonly replaced?: true
  /** Of an output: the name at which its content, or a part of it, stood before the job. Absent where none was kept, or where it was read. */
  readonly base?: BytePath
  /** With a base: the job has read the file behind its own change. */
  readonly readBack?: true
  /** Of an output: how many contents the job had met before this one, and when it first read back what it had written. */
  readonly place?: number | undefined
  readonly readBackAt?: number
  /** Of an output that the job created: its inode, as `dev:ino`, where the tracer has told it. */
  readonly identity?: string | null
}

export interface MadeLink {
  readonly path: BytePath
  readonly replaced: boolean
}

export interface ObservedJob {
  /** In the order of first access. */
  readonly inputs: readonly ObservedFile[]
  readonly outputs: readonly ObservedFile[]
  /** Read only after this job wrote them. */
  readonly internal: readonly BytePath[]
  /** Names that came and went within the job. */
  readonly temporary: readonly BytePath[]
  /** Files that never had a name. */
  readonly unnamed: number
  /** New names of contents that the job neither read nor changed. */
  readonly linked: readonly { readonly path: BytePath; readonly names: readonly BytePath[] }[]
  /** Names from before the job that are gone. */
  readonly deleted: readonly BytePath[]
  /** Those of them that are known to have been directories. */
  readonly deletedDirectories?: ReadonlySet<BytePath>
  /** Symbolic links that the job has made and left; absent for none. `replaced`: something stood at that name before. */
  readonly symlinks?: readonly MadeLink[]
  /** Directories that stood before the job and were renamed: their untouched members moved unseen. */
  readonly movedTrees: readonly { readonly from: BytePath; readonly to: BytePath }[]
  readonly processes: readonly ProcessRecord[]
  /** Outputs that were renamed by calls that nobody has seen; absent for none. */
  readonly movedUnseen?: number
}
