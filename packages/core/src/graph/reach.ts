/** Parts of a graph: everything upstream or downstream of some jobs. */
import type { GraphRows } from '../store.ts'

export type Direction = 'upstream' | 'downstream'

/** Ids of the jobs that can be reached, the starting ones included. */
export function reach(rows: GraphRows, start: Iterable<number>, direction: Direction): Set<number> {
  const next = direction === 'upstream' ? producers(rows) : consumers(rows)
  const seen = new Set(start)
  const waiting = [...seen]
  for (let job = waiting.pop(); job !== undefined; job = waiting.pop()) {
    for (const other of next.get(job) ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      waiting.push(other)
    }
  }
  return seen
}

/** The rows of these jobs alone. */
export const only = (rows: GraphRows, jobs: ReadonlySet<number>): GraphRows => ({
  jobs: rows.jobs.filter((job) => jobs.has(job.id)),
  edges: rows.edges.filter((edge) => jobs.has(edge.job)),
})

const producers = (rows: GraphRows) => adjacency(rows, (consumer, producer) => [consumer, producer])
const consumers = (rows: GraphRows) => adjacency(rows, (consumer, producer) => [producer, consumer])

function adjacency(
  rows: GraphRows,
  order: (consumer: number, producer: number) => readonly [number, number],
): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const { job, producer } of rows.edges) {
    if (producer === null) continue
    const [from, to] = order(job, producer)
    const known = found.get(from)
    if (known) known.push(to)
    else found.set(from, [to])
  }
  return found
}
