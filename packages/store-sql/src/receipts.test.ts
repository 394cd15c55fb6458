/** Receipts of reproductions in the store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromString, type Receipt } from '@roar/core'
import { afterAll, expect, it } from 'vitest'
import { createStore } from './index.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-receipts-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const receipt = (id: string, digest: string): Receipt => ({
  id,
  madeAt: 1,
  ...{ user: 'ann', hostname: 'h', os: 'Linux', hardware: 'x64', version: '0.1.0', session: 's' },
  ...{ verdict: 'tolerance', accept: 'tolerance', holds: true, relativeTolerance: 1e-5, absoluteTolerance: 0 },
  substitutions: ['Python 3.12.1 stands in for 3.12.0'],
  outputs: [
    {
      path: fromString('größe.npy'),
      step: '@1',
      expected: { blake3: digest },
      found: { blake3: 'ee' },
      verdict: 'tolerance',
      difference: 'one number differs',
    },
    { path: fromString('b'), step: '@1', expected: {}, found: null, verdict: 'missing', difference: null },
  ],
})

it('A receipt is read as it was written, once however often it is recorded, and found by what was to be made again', async () => {
  const store = await createStore().open(join(directory, 'roar.db'))
  const [first, second] = [receipt('a', 'aaaaaaaa'), receipt('b', 'bbbbbbbb')]
  for (const one of [first, second, first]) await store.recordReceipt(one)
  expect(await store.receipts()).toEqual([second, first])
  expect(await store.receipts({ digest: 'aaaaaaaa' })).toEqual([first])
  // What came out instead is not what was asked for.
  expect(await store.receipts({ digest: 'ee' })).toEqual([])
  expect(await store.check()).toEqual([])
  await store.close()
})
