/** One thing that holds for every store, as a sentence and a check of it. */
import type { LineageStore } from '@roar/core'

export type OpenStore = (place: string) => Promise<LineageStore>

export interface StoreCase {
  /** A sentence that could stand in the manual. */
  readonly is: string
  /** Given an empty store, and a way to open the same one once more. */
  check(store: LineageStore, again: () => Promise<LineageStore>): Promise<void>
}

/** A job's or session's row that must be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the store does not have what it was given')
  return value
}
