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
