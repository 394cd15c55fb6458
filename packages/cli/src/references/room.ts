/** Where a REF is looked for. */
import type { BytePath, Digests, LineageStore } from '@roar/core'

export interface ReferenceRoom {
  readonly store: LineageStore
  /** Of the workspace, absolute. */
  readonly root: string
  /** Where relative paths start. */
  readonly directory: string
  /** Of the file at an absolute path, as this workspace computes them; null where there is none. */
  digestsOf(path: BytePath): Promise<Digests | null>
}
