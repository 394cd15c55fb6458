// Jobs with very many outputs: a graph that leaves most of them out is drawn, and answers, as the whole one does. Random jobs, SEED=… for others.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inputEdge, outputEdge, recorded } from '@roar/conformance'
import { flow, type GraphQuery, type GraphRows, type LineageStore, only, staleness } from '@roar/core'
import { createStore } from '@roar/store-sql'
import { afterAll, describe, expect, it } from 'vitest'
import { mostRead } from '../src/output/dag/crowds.ts'
import { drawFlow } from '../src/output/dag/draw.ts'
import { dagLabels } from '../src/output/dag/labels.ts'
import { Page } from '../src/output/page.ts'
import { stylesFor } from '../src/output/styles.ts'
import { newestOutputs } from '../src/status/newest-outputs.ts'

const directory = mkdtempSync(join(tmpdir(), 'roar-crowds-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const seed = Number(process.env.SEED ?? 1)

/** Mulberry32: whole numbers below a bound. */
function chance(state: number): (below: number) => number {
  let at = state
  return (below) => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Content {
  readonly path: string
  readonly digest: string | null
}

const hex = (n: number): string => n.toString(16).padStart(64, '0')

/** Some jobs make hundreds of files among the same thousand paths, some use a few of them, copied or in place, or keep what lay there. */
async function recordSession(store: LineageStore, below: (bound: number) => number): Promise<number> {
  const made: Content[] = []
  const known = (): Content => made[below(made.length)] ?? { path: `raw${below(9)}`, digest: hex(9000 + below(9)) }
  const session = await store.openSession(1)
  for (let n = 0; n < 4 + below(8); n++) {
    const many = n === 0 || below(2) === 0
    const start = below(1000)
    const outputs = Array.from({ length: many ? 105 + below(200) : below(6) }, (_, i) => ({
      path: `d/${(start + i) % 1000}`,
      digest: below(40) === 0 ? null : hex(below(8) === 0 ? below(20) : start + i + 1000 * below(2)),
    }))
    const inputs = new Map(
      Array.from({ length: below(6) }, known).map((one) => [
        below(4) === 0 ? `${one.path}.copy` : one.path,
        one.digest,
      ]),
    )
    const kept = (path: string) => (below(60) === 0 ? { base: (below(2) ? path : known().path) as never } : {})
    await recorded(store, `step ${below(6)}`, {
      inputs: [...inputs].map(([path, digest]) => inputEdge(path, digest)),
      outputs: outputs.map(({ path, digest }) => outputEdge(path, digest, kept(path))),
    })
    made.push(...outputs)
    if (n === 0)
      await recorded(store, 'apart', { outputs: Array.from({ length: 150 }, (_, i) => outputEdge(`own/${i}`, hex(i))) })
  }
  return session.id
}

function drawing(rows: GraphRows, staleOnly: boolean): string {
  const state = staleness(rows)
  const page = new Page({ styles: stylesFor('never', false, {}), columns: Number.POSITIVE_INFINITY, verbosity: 0 })
  drawFlow(page, flow(staleOnly ? only(rows, new Set(state.stale.keys())) : rows, state), dagLabels(page, state))
  return page.text()
}

async function answered(store: LineageStore, rows: GraphRows): Promise<readonly string[]> {
  const found: string[] = []
  for await (const some of newestOutputs(store, rows, staleness(rows), true))
    for (const { path, job, artifact, digest, kind, size } of some)
      found.push(`${path} ${job.uid} ${artifact} ${digest} ${kind} ${size}`)
  return found
}

describe(`a graph without the outputs that nothing else has to do with (SEED=${seed})`, () => {
  const sessions = Array.from({ length: 12 }, (_, n) => seed * 1000 + n)

  it.each(sessions)('is drawn as the whole one is, and answers for the same files: session %i', async (number) => {
    const store = await createStore().open(join(directory, `${number}.db`))
    const session = await recordSession(store, chance(number))
    let left = 0
    for (const query of [{}, { expanded: true }, { limit: 3 }] satisfies Partial<GraphQuery>[]) {
      const whole = await store.graph({ session, ...query })
      const some = await store.graph({ session, ...query, mostOutputs: mostRead })
      for (const staleOnly of [false, true]) expect(drawing(some, staleOnly)).toBe(drawing(whole, staleOnly))
      expect(staleness(some).stale).toEqual(staleness(whole).stale)
      const fewest = await store.graph({ session, ...query, mostOutputs: 0 })
      expect(await answered(store, fewest)).toEqual(await answered(store, whole))
      for (const number of some.left?.values() ?? []) left += number
      expect(some.edges.length + [...(some.left?.values() ?? [])].reduce((a, b) => a + b, 0)).toBe(whole.edges.length)
    }
    await store.close()
    expect(left).toBeGreaterThan(0)
  })

  it('is small, however many outputs a job has', async () => {
    const store = await createStore().open(join(directory, 'small.db'))
    const outputs = Array.from({ length: 20_000 }, (_, i) => outputEdge(`out/${i}`, hex(i)))
    const { row } = await recorded(store, 'make', { outputs })
    await recorded(store, 'use', { inputs: [inputEdge('out/7', hex(7)), inputEdge('copy', hex(15_000))] })
    const { edges, left } = await store.graph({ session: row.session, mostOutputs: mostRead })
    expect(edges.length).toBe(2 + 2 + mostRead)
    expect(left?.get(row.id)).toBe(20_000 - 2 - mostRead)
    await store.close()
  })
})
