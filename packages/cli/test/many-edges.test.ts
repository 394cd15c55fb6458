// A job with very many outputs is shown, whole, in a memory that would not hold what is known of them.
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { inputEdge, outputEdge, recorded } from '@roar/conformance'
import { createStore } from '@roar/store-sql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roarBin, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())

const main = join(dirname(roarBin), '../dist/main.js')
const files = 40_000
const name = (i: number): string => `out/${i % 100}/file-${i}.txt`
const hex = (i: number): string => createHash('sha256').update(`${i}`).digest('hex')

beforeAll(async () => {
  w.commit()
  const store = await createStore().open(join(w.root, '.roar/roar.db'))
  const outputs = Array.from({ length: files }, (_, i) => outputEdge(name(i), hex(i), { processes: [1, 2, 3] }))
  await recorded(store, 'make', { outputs })
  await recorded(store, 'use', { inputs: [inputEdge(name(7), hex(7))] })
  await store.close()
}, 120_000)

/** MiB: less than what is known of 40,000 outputs. */
const heap = 32

it.each([
  ['dag', /more outputs\n/],
  ['status', /40,000 missing/],
  ['show @1', /and 39,980 more outputs/],
])('roar %s', (words, said) => {
  expect(little(words)).toMatch(said)
})

it('roar show -v', () => {
  const lines = little('show -v @1').split('\n')
  expect(lines).toContain('outputs (40,000)')
  expect(lines.filter((line) => line.startsWith('  out/')).length).toBe(files)
  expect(new Set(lines.filter((line) => line.startsWith('  out/')).map((line) => line.indexOf(' blake3:'))).size).toBe(
    1,
  )
})

it('roar show --json', () => {
  const { job } = JSON.parse(little('show @1 --json'))
  expect(job.outputs.length).toBe(files)
  for (const i of [0, 999, 1000, files - 1])
    expect(job.outputs[i]).toMatchObject({ path: name(i), digests: { blake3: hex(i) }, processes: [1, 2, 3] })
})

function little(words: string): string {
  const said = w.execute(process.execPath, [`--max-old-space-size=${heap}`, main, ...words.split(' ')])
  expect(said).toMatchObject({ code: 0, err: '' })
  return said.out
}
