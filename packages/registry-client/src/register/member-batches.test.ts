import type { PublishedMembers } from '@roar/core'
import { expect, it } from 'vitest'
import { memberBatches } from './batches.ts'

const digests = { blake3: 'ab'.repeat(32), 'composite-blake3': 'cd'.repeat(32) }
const member = (at: number) => ({
  ...{ path: `part-${at}`, type: 'file' as const, size: 7 },
  digests: { blake3: `${10 + at}`.repeat(32), sha256: `${40 + at}`.repeat(32) },
})

async function* parts(numbers: readonly number[]): AsyncGenerator<PublishedMembers> {
  for (const first of numbers) yield { digests, first, members: [member(first), member(first + 1)] }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const cut = async (numbers: readonly number[], limits: { bytes: number; items: number }) =>
  all(memberBatches(parts(numbers), limits))

it('members are sent as lists of their composite, with all digests, as many a request as it takes', async () => {
  const wide = { bytes: 1e6, items: 4 }
  const batches = await cut([0, 2, 4], wide)
  expect(batches.map(({ path, members }) => [path, members])).toEqual([
    ['/artifacts/components/batch', 4],
    ['/artifacts/components/batch', 2],
  ])
  expect(batches[1]?.body).toMatchObject({
    lists: [
      {
        ...{ algorithm: 'blake3', hash: digests.blake3, first: 4 },
        components: [
          {
            ...{ relative_path: 'part-4', component_algorithm: 'blake3', component_digest: '14'.repeat(32) },
            ...{ component_size: 7, leaf_kind: 'file', hashes: [{ algorithm: 'sha256', digest: '44'.repeat(32) }] },
          },
          { relative_path: 'part-5' },
        ],
      },
    ],
  })
  expect(await cut([0, 2, 4], wide)).toEqual(batches)
  expect(await cut([0, 2, 4], { bytes: 600, items: 1000 })).toHaveLength(3)
})

it('without composites nothing is sent', async () => {
  expect(await cut([], { bytes: 1e6, items: 1000 })).toEqual([])
})
