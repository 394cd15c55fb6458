/** Everything upstream of some jobs, over the borders of sessions: what one session made, another may have used. */
import { type GraphRows, type LineageStore, only, type Reached, reach } from '@roar/core'

export interface Upstream {
  readonly rows: GraphRows
  readonly reached: Reached
}

/** `wanted`: as for `reach`. */
export async function upstreamRows(
  store: LineageStore,
  session: number,
  roots: readonly number[],
  wanted: readonly number[] | null = null,
): Promise<Upstream> {
  const loaded = new Set([session])
  let rows = await store.graph({ session, expanded: true })
  for (;;) {
    const reached = reach(rows, roots, 'upstream', wanted)
    const further = await sessionsOf(store, missing(rows, reached), loaded)
    if (further.length === 0) return { rows: only(rows, reached), reached }
    for (const one of further) {
      loaded.add(one)
      rows = joined(rows, await store.graph({ session: one, expanded: true }))
    }
  }
}

function missing(rows: GraphRows, reached: Reached): readonly number[] {
  const known = new Set(rows.jobs.map((job) => job.id))
  return [...reached.keys()].filter((id) => !known.has(id))
}

async function sessionsOf(
  store: LineageStore,
  jobs: readonly number[],
  loaded: ReadonlySet<number>,
): Promise<readonly number[]> {
  const found = new Set<number>()
  for (const id of jobs) {
    const record = await store.job(id)
    if (record && !loaded.has(record.row.session)) found.add(record.row.session)
  }
  return [...found]
}

const joined = (a: GraphRows, b: GraphRows): GraphRows => ({
  jobs: [...a.jobs, ...b.jobs],
  edges: [...a.edges, ...b.edges],
})
