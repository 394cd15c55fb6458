/** The suite that every store must pass: what goes in comes out, steps are found again, inputs find their producers. */
import type { LineageStore } from '@roar/core'
import { durabilityCases } from './store/durability.ts'
import { lineageCases } from './store/lineage.ts'
import { queryCases } from './store/queries.ts'
import { recordCases } from './store/records.ts'
import { stepCases } from './store/steps.ts'
import type { OpenStore } from './store/store-case.ts'

export * from './store/sample-jobs.ts'
export type { OpenStore } from './store/store-case.ts'

/** vitest, node:test and others have these. */
export interface StoreRunner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => Promise<void>): unknown
}

let places = 0

/**
 * `open` opens the store at a place, a short name; makes it where it is new; a second time it gives another connection to the same store.
 *
 *     storeSuite({ describe, it }, 'sqlite', (place) => createStore().open(join(directory, `${place}.db`)))
 */
export function storeSuite({ describe, it }: StoreRunner, name: string, open: OpenStore): void {
  describe(`the store ${name}`, () => {
    for (const { is, check } of [...recordCases, ...stepCases, ...lineageCases, ...queryCases, ...durabilityCases])
      it(is, () => onFreshStore(open, check))
  })
}

/** Whatever the case opened is closed, also when it fails: a database that stays open hides the next fault. */
async function onFreshStore(
  open: OpenStore,
  check: (store: LineageStore, again: () => Promise<LineageStore>) => Promise<void>,
): Promise<void> {
  const place = `suite_${process.pid}_${++places}`
  const opened: LineageStore[] = []
  const again = async (): Promise<LineageStore> => {
    const store = await open(place)
    opened.push(store)
    return store
  }
  try {
    await check(await again(), again)
  } finally {
    for (const store of opened) await store.close()
  }
}
