/** Where a REF is looked for. */
import type { LineageStore } from '@roar/core'

export interface ReferenceRoom {
  readonly store: LineageStore
  /** Of the workspace, absolute. */
  readonly root: string
  /** Where relative paths start. */
  readonly directory: string
}
