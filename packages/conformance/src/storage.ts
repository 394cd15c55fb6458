/** The suite that every storage must pass: what lies in the store is read as it is, and what is put there lies there. */
import { ok, strictEqual } from 'node:assert/strict'
import type { StorageFactory } from '@roar/core'
import { listCases, putCases } from './storage/put-cases.ts'
import { readCases } from './storage/read-cases.ts'
import type { StorageBench, StorageCase } from './storage/storage-case.ts'

export type { StorageBench } from './storage/storage-case.ts'

/** vitest, node:test and others have these. */
export interface StorageRunner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => Promise<void>): unknown
}

const isScheme: StorageCase = {
  is: 'is called by the scheme of its URLs',
  check: async ({ name }, bench, object) => ok(bench.url(object).startsWith(`${name}://`), bench.url(object)),
}

/**
 * `open` gives the store by other means, for each test; what it makes is told apart by its names.
 *
 *     storageSuite({ describe, it }, 's3', createStorage, async () => bench)
 */
export function storageSuite(
  { describe, it }: StorageRunner,
  name: string,
  factory: StorageFactory,
  open: () => Promise<StorageBench>,
): void {
  const register = (cases: readonly StorageCase[], place: string, power?: 'list' | 'put') => {
    for (const [i, { is, check }] of cases.entries())
      it(power ? `where it can ${power}: ${is}` : is, async () => {
        const storage = await factory()
        strictEqual(storage.name, name)
        if (power === undefined || storage[power]) await check(storage, await open(), `suite/${place}${i}`)
      })
  }
  describe(`the storage ${name}`, () => {
    register([isScheme, ...readCases], 'r')
    register(listCases, 'l', 'list')
    register(putCases, 'p', 'put')
  })
}
