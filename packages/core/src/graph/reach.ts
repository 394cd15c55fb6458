/**
 * Parts of a graph: everything upstream or downstream of some jobs. What a job has read may be in all that it made; what it only kept (`for`) is in that
 * one output: whoever appends a line to a table and makes a model has not made the model from the lines of others.
 */
import type { BytePath } from '../byte-path.ts'
import type { GraphRows } from '../store.ts'
import type { GraphEdge } from './staleness.ts'

export type Direction = 'upstream' | 'downstream'
type Content = Pick<GraphEdge, 'artifact' | 'path'>

/** Which outputs of a job are meant. */
export class Outputs {
  #all = false
  readonly #keys = new Set<string>()

  /** Null: all of them. Says whether there are more now. */
  add(content: Content | null): boolean {
    if (this.#all || (content !== null && this.#keys.has(keyOf(content)))) return false
    if (content === null) this.#all = true
    else this.#keys.add(keyOf(content))
    return true
  }

  has(content: Content): boolean {
    return this.#all || this.#keys.has(keyOf(content))
  }
}

const keyOf = ({ artifact, path }: Content): string => (artifact === null ? `path:${path}` : String(artifact))

/** By the ids of the jobs that can be reached, the starting ones included. */
export type Reached = ReadonlyMap<number, Outputs>

/** `wanted`: the contents that are asked of the starting jobs; null: all that they made. */
export function reach(
  rows: GraphRows,
  start: Iterable<number>,
  direction: Direction,
  wanted: readonly number[] | null = null,
): Reached {
  const next = direction === 'upstream' ? upstreamOf(rows) : downstreamOf(rows)
  const reached = new Map<number, Outputs>()
  const waiting = new Set<number>()
  const arrive = (job: number, content: Content | null): void => {
    const outputs = reached.get(job) ?? new Outputs()
    const isNew = !reached.has(job)
    reached.set(job, outputs)
    if (outputs.add(content) || isNew) waiting.add(job)
  }
  for (const job of start)
    for (const artifact of wanted ?? [null]) arrive(job, artifact === null ? null : { artifact, path: '' as BytePath })
  for (const job of waiting) {
    waiting.delete(job)
    next(job, reached.get(job) as Outputs, arrive)
  }
  return reached
}

type Next = (job: number, outputs: Outputs, arrive: (job: number, content: Content | null) => void) => void

function upstreamOf(rows: GraphRows): Next {
  const used = grouped(rows, (edge) => edge.job)
  // Of all others it is enough to know that they are reached: a job may have made a million files.
  const keeping = new Set(rows.edges.flatMap((edge) => (edge.for ? [edge.job] : [])))
  return (job, outputs, arrive) => {
    for (const edge of used.get(job) ?? []) {
      const producer = edge.producer as number
      if (!edge.for || outputs.has(edge.for)) arrive(producer, keeping.has(producer) ? edge : null)
    }
  }
}

function downstreamOf(rows: GraphRows): Next {
  const users = grouped(rows, (edge) => edge.producer as number)
  return (job, outputs, arrive) => {
    for (const edge of users.get(job) ?? []) if (outputs.has(edge)) arrive(edge.job, edge.for ?? null)
  }
}

function grouped(rows: GraphRows, key: (edge: GraphEdge) => number): ReadonlyMap<number, GraphEdge[]> {
  const found = new Map<number, GraphEdge[]>()
  for (const edge of rows.edges) {
    if (edge.producer === null) continue
    const known = found.get(key(edge))
    if (known) known.push(edge)
    else found.set(key(edge), [edge])
  }
  return found
}

/** The rows of these jobs alone, without what they kept of others. */
export const only = (rows: GraphRows, jobs: { has(job: number): boolean }): GraphRows => ({
  jobs: rows.jobs.filter((job) => jobs.has(job.id)),
  edges: rows.edges.filter(
    (edge) => jobs.has(edge.job) && (!edge.for || (edge.producer !== null && jobs.has(edge.producer))),
  ),
  ...(rows.left && { left: rows.left }),
})
