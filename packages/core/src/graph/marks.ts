/** How marks spread: what was put on a file, on a job or on a session holds for everything that was made from it. */
import { type AnnotationRow, type Mark, marksOf } from '../annotations.ts'
import type { GraphRows, JobRow } from '../store.ts'

/** Where a mark was put by a person. */
export type MarkOrigin =
  | { readonly of: 'artifact'; readonly id: number }
  | { readonly of: 'job' | 'session'; readonly id: number }

export interface SpreadMark extends Mark {
  /** Where it was put, the first found first; several people may have said the same. */
  readonly origins: readonly MarkOrigin[]
}

export interface Marks {
  /** By the store's ids. */
  readonly artifacts: ReadonlyMap<number, readonly SpreadMark[]>
  readonly jobs: ReadonlyMap<number, readonly SpreadMark[]>
}

/**
 * Nothing of it is stored: a mark that is put on data later holds at once for all that was made from it, and one that is taken away again is gone.
 * `rows` holds everything upstream of what is asked for.
 */
export function spreadMarks(rows: GraphRows, annotations: readonly AnnotationRow[]): Marks {
  const own = ownMarks(annotations)
  const artifacts = new Map<number, Bag>()
  const jobs = new Map<number, Bag>()
  const edges = edgesByJob(rows)
  const bagOf = (artifact: number): Bag => {
    const known = artifacts.get(artifact)
    if (known) return known
    const bag = new Bag()
    bag.put(own.artifact.get(artifact) ?? [], { of: 'artifact', id: artifact })
    artifacts.set(artifact, bag)
    return bag
  }
  for (const job of inOrder(rows.jobs)) {
    const bag = new Bag()
    bag.put(own.job.get(job.id) ?? [], { of: 'job', id: job.id })
    bag.put(own.session.get(job.session) ?? [], { of: 'session', id: job.session })
    const uses = edges.get(job.id) ?? []
    for (const { role, artifact, for: output } of uses) {
      if (role !== 'input' || artifact === null) continue
      if (!output) bag.join(bagOf(artifact))
      else if (output.artifact !== null) bagOf(output.artifact).join(bagOf(artifact))
    }
    for (const edge of uses) if (edge.role === 'output' && edge.artifact !== null) bagOf(edge.artifact).join(bag)
    jobs.set(job.id, bag)
  }
  return { artifacts: listed(artifacts), jobs: listed(jobs) }
}

/** What a job used was made by jobs that had ended. */
const inOrder = (jobs: readonly JobRow[]): readonly JobRow[] =>
  [...jobs].sort((a, b) => (a.endedAt ?? a.startedAt) - (b.endedAt ?? b.startedAt) || a.id - b.id)

function edgesByJob(rows: GraphRows): ReadonlyMap<number, GraphRows['edges'][number][]> {
  const found = new Map<number, GraphRows['edges'][number][]>()
  for (const edge of rows.edges) {
    const known = found.get(edge.job)
    if (known) known.push(edge)
    else found.set(edge.job, [edge])
  }
  return found
}

function ownMarks(annotations: readonly AnnotationRow[]) {
  const rows = { artifact: new Map<number, AnnotationRow[]>(), job: new Map(), session: new Map() } as Record<
    'artifact' | 'job' | 'session',
    Map<number, AnnotationRow[]>
  >
  for (const row of annotations) {
    const known = rows[row.target.of].get(row.target.id)
    if (known) known.push(row)
    else rows[row.target.of].set(row.target.id, [row])
  }
  const marks = (of: Map<number, AnnotationRow[]>) => new Map([...of].map(([id, list]) => [id, marksOf(list)]))
  return { artifact: marks(rows.artifact), job: marks(rows.job), session: marks(rows.session) }
}

class Bag {
  readonly marks = new Map<string, { mark: Mark; origins: Map<string, MarkOrigin> }>()

  put(marks: readonly Mark[], origin: MarkOrigin): void {
    for (const mark of marks) this.#add(mark, [origin])
  }

  join(other: Bag): void {
    for (const { mark, origins } of other.marks.values()) this.#add(mark, origins.values())
  }

  #add(mark: Mark, origins: Iterable<MarkOrigin>): void {
    const key = `${mark.name}\0${mark.value}`
    const known = this.marks.get(key) ?? { mark, origins: new Map() }
    this.marks.set(key, known)
    for (const origin of origins) known.origins.set(`${origin.of}:${origin.id}`, origin)
  }
}

const listed = (bags: ReadonlyMap<number, Bag>): ReadonlyMap<number, readonly SpreadMark[]> =>
  new Map(
    [...bags].map(([id, bag]) => [
      id,
      [...bag.marks.values()].map(({ mark, origins }) => ({ ...mark, origins: [...origins.values()] })),
    ]),
  )
