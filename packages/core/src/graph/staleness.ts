/**
 * Which steps no longer say what a rerun would say. A step is stale when a path that it read has since been produced anew, with another
 * digest, by a newer execution that does not itself build on the step; or when a step that it builds on is stale.
 */
import type { BytePath } from '../byte-path.ts'
import type { StepRef } from '../model.ts'
import type { GraphRows, JobRow } from '../store.ts'
import { newestExecutions, stepKey } from './executions.ts'

export type GraphEdge = GraphRows['edges'][number]

export type StaleReason =
  | { readonly because: 'input'; readonly path: BytePath; readonly by: StepRef }
  | { readonly because: 'upstream'; readonly step: StepRef }

export interface Staleness {
  /** By job id; of executions that are not superseded. */
  readonly stale: ReadonlyMap<number, StaleReason>
  /** Ids of executions that a newer one of the same step replaces: it made something of theirs anew, or they made nothing. */
  readonly superseded: ReadonlySet<number>
  /** Who wrote a path last, among those. */
  readonly newest: ReadonlyMap<BytePath, Production>
}

export interface Production {
  readonly job: JobRow
  readonly digest: string | null
}

export function staleness(rows: GraphRows): Staleness {
  const superseded = supersededJobs(rows)
  const current = new Map(rows.jobs.filter((job) => !superseded.has(job.id)).map((job) => [job.id, job]))
  const edges = rows.edges.filter((edge) => current.has(edge.job))
  const newest = newestProductions(edges, current)
  const inputs = edges.filter((edge) => edge.role === 'input')
  const followers = followersOf(inputs, current, newest)
  const telling = inputs.some((edge) => edge.for) ? inputs.filter(tellsOfAll(edges, rows.left)) : inputs
  const stale = new Map<number, StaleReason>()
  for (const edge of telling) {
    const production = newest.get(edge.path)
    if (
      production &&
      !stale.has(edge.job) &&
      replaces(production, edge) &&
      !reaches(followers, edge.job, production.job.id)
    ) {
      stale.set(edge.job, { because: 'input', path: edge.path, by: production.job.step })
    }
  }
  spread(stale, telling === inputs ? followers : followersOf(telling, current, newest), current)
  return { stale, superseded, newest }
}

/** What a job only kept in one of its outputs says nothing of the others: a model is not stale because the table that its score was added to is new. */
function tellsOfAll(edges: readonly GraphEdge[], left: GraphRows['left']): (edge: GraphEdge) => boolean {
  const [made, keeping] = [new Map(left), new Map<number, number>()]
  const count = (of: Map<number, number>, job: number) => of.set(job, (of.get(job) ?? 0) + 1)
  for (const { role, job, for: output } of edges)
    if (role === 'output') count(made, job)
    else if (output) count(keeping, job)
  return (edge) => !edge.for || (keeping.get(edge.job) ?? 0) >= (made.get(edge.job) ?? 0)
}

const replaces = (production: Production, input: GraphEdge): boolean =>
  production.job.id > input.job &&
  production.digest !== null &&
  input.digest !== null &&
  production.digest !== input.digest

/** By a newer execution of the step, unless what the older one made is all still its own: the same command may make another file each time. */
function supersededJobs({ jobs, edges }: GraphRows): Set<number> {
  const newest = newestExecutions(jobs)
  const older = jobs.filter((job) => newest.get(stepKey(job)) !== job)
  if (older.length === 0) return new Set()
  const steps = new Map(jobs.map((job) => [job.id, stepKey(job)]))
  const made = edges.filter(({ role, job }) => role === 'output' && newest.get(steps.get(job) ?? '')?.execution !== 1)
  const last = new Map<string, number>()
  const placeOf = (edge: GraphEdge): string => `${steps.get(edge.job)} ${edge.path}`
  for (const edge of made) last.set(placeOf(edge), Math.max(edge.job, last.get(placeOf(edge)) ?? 0))
  const standing = new Set(made.map(({ job }) => job))
  for (const edge of made) if (last.get(placeOf(edge)) !== edge.job) standing.delete(edge.job)
  return new Set(older.map(({ id }) => id).filter((job) => !standing.has(job)))
}

function newestProductions(edges: readonly GraphEdge[], jobs: ReadonlyMap<number, JobRow>): Map<BytePath, Production> {
  const newest = new Map<BytePath, Production>()
  for (const edge of edges) {
    if (edge.role !== 'output') continue
    const known = newest.get(edge.path)
    if (!known || edge.job > known.job.id)
      newest.set(edge.path, { job: jobs.get(edge.job) as JobRow, digest: edge.digest })
  }
  return newest
}

type Followers = ReadonlyMap<number, ReadonlySet<number>>

/** Job → jobs that build on it. A producer that has been superseded is stood for by whoever writes the path now. */
function followersOf(
  inputs: readonly GraphEdge[],
  jobs: ReadonlyMap<number, JobRow>,
  newest: Staleness['newest'],
): Followers {
  const followers = new Map<number, Set<number>>()
  for (const edge of inputs) {
    const producer = sourceOf(edge, jobs, newest)
    if (producer === null || producer === edge.job) continue
    const known = followers.get(producer)
    if (known) known.add(edge.job)
    else followers.set(producer, new Set([edge.job]))
  }
  return followers
}

export function sourceOf(
  edge: GraphEdge,
  jobs: ReadonlyMap<number, unknown>,
  newest: Staleness['newest'],
): number | null {
  if (edge.producer !== null && jobs.has(edge.producer)) return edge.producer
  const now = newest.get(edge.path)
  if (!now || now.job.id === edge.job) return null
  // A file that came from outside and was made by a job only afterwards has no producer, unless that job replaced it.
  return edge.producer !== null || (now.digest !== null && now.digest === edge.digest && now.job.id < edge.job)
    ? now.job.id
    : null
}

function reaches(followers: Followers, from: number, to: number): boolean {
  const seen = new Set([from])
  const waiting = [from]
  for (let job = waiting.pop(); job !== undefined; job = waiting.pop()) {
    if (job === to) return true
    for (const next of followers.get(job) ?? []) {
      if (!seen.has(next)) waiting.push(next)
      seen.add(next)
    }
  }
  return false
}

function spread(stale: Map<number, StaleReason>, followers: Followers, jobs: ReadonlyMap<number, JobRow>): void {
  const waiting = [...stale.keys()]
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    for (const next of followers.get(job) ?? []) {
      if (stale.has(next)) continue
      stale.set(next, { because: 'upstream', step: (jobs.get(job) as JobRow).step })
      waiting.push(next)
    }
  }
}
