/** What lies below a directory, and which of it is a composite's. Pages of the contract; `contracts.ts` re-exports them. */
import type { BytePath } from './byte-path.ts'

/** What lies below a directory, in the order of the paths' bytes; directories themselves are not in it. */
export interface TreeScan {
  /** Relative to the root. */
  readonly paths: readonly BytePath[]
  /** One of `treeKinds` each. */
  readonly kinds: Uint8Array
  /** dev, ino, size, mtime and ctime (as in `FileStamp`) of each, one behind the other. Zeros for what was gone or could not be read. */
  readonly stamps: BigInt64Array
  /** Optional: the same as it can be kept and compared, with the directories. */
  readonly packed?: PackedScan
}

/** Entries of `scanEntryBytes` each: the five words of a stamp, the kind, padding. Paths each ended by a NUL byte. */
export interface PackedScan extends PackedEntries {
  /** The directories, the root (of an empty path) among them. */
  readonly directories: PackedEntries
}
export interface PackedEntries {
  readonly records: Uint8Array
  readonly paths: Uint8Array
}
export const scanEntryBytes = 48

/** What is no longer as it was, where all names and kinds are. */
export interface Revisited {
  /** Places of entries, in order, and the records that they have now. */
  readonly places: readonly number[]
  readonly records: Uint8Array
  readonly directories: Uint8Array
}

/** Lines of a flat digest, in columns. */
export interface FlatLines {
  /** Each ended by a NUL byte. */
  readonly paths: Uint8Array
  /** 0 for a path that has no line. */
  readonly chosen: Uint8Array
  /** 32 bytes for each path. */
  readonly digests: Uint8Array
}
export const treeKinds = { file: 1, link: 2, other: 3, closedDirectory: 4, gone: 5 } as const

export interface CompositeMembers {
  /** Relative to the root, in the order in which they were given; null: all of them. What a snapshot no longer refers to is no member. */
  readonly members: readonly BytePath[] | null
  /** Why it is not whole (no finish marker, a missing shard), for people; null when it is. */
  readonly incomplete: string | null
  /** Names it refers to that lie elsewhere (virtual chunks, base paths). */
  readonly elsewhere?: readonly string[]
  /** Does it carry the data? The flat digests of other recorders cover such members alone; absent: all do. */
  readonly carriesData?: (path: BytePath) => boolean
}

/** What was asked of the disk by a probe. */
export interface Look {
  readonly path: BytePath
  /** `there` and `missing`: nothing else was asked; `state`: its contents, or the names in it. */
  readonly as: 'there' | 'missing' | 'state'
  /** Milliseconds since the epoch: not looked at before. */
  readonly since: number
}
