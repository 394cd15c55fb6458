/**
 * The graph as it is drawn: contents flow from job to job. A node is one path with one content, so that a copied file stays two nodes
 * and a file changed in place does not become a circle. Jobs come in an order in which nothing is used before it is made.
 */
import type { BytePath } from '../byte-path.ts'
import type { GraphRows, JobRow } from '../store.ts'
import { type GraphEdge, type Staleness, sourceOf } from './staleness.ts'

export interface Flow {
  /** Every producer before its consumers. */
  readonly jobs: readonly FlowJob[]
}

export interface FlowJob {
  readonly row: JobRow
  readonly inputs: readonly FlowFile[]
  readonly outputs: readonly FlowFile[]
  /** Source files that the job used, left out of `inputs`. */
  readonly code: number
}

export interface FlowFile {
  readonly key: string
  readonly path: BytePath
  readonly digest: string | null
  readonly size: number | null
  readonly producers: readonly FlowJob[]
  readonly consumers: readonly FlowJob[]
}

interface OpenJob extends FlowJob {
  readonly inputs: OpenFile[]
  readonly outputs: OpenFile[]
  code: number
}
interface OpenFile extends FlowFile {
  readonly producers: OpenJob[]
  readonly consumers: OpenJob[]
}

export function flow(rows: GraphRows, state: Staleness, options: { readonly withCode?: boolean } = {}): Flow {
  const jobs = new Map(rows.jobs.map((row) => [row.id, { row, inputs: [], outputs: [], code: 0 } as OpenJob]))
  const files = new Map<string, OpenFile>()
  for (const edge of rows.edges) if (edge.role === 'output') produce(jobs.get(edge.job) as OpenJob, fileOf(files, edge))
  for (const edge of rows.edges) {
    if (edge.role !== 'input') continue
    const job = jobs.get(edge.job) as OpenJob
    if (edge.code && edge.producer === null && !options.withCode) job.code++
    else consume(job, inputFile(files, edge, jobs, state))
  }
  return { jobs: inOrder([...jobs.values()]) }
}

const keyOf = (path: BytePath, digest: string | null, job: number): string => `${path}\0${digest ?? `?${job}`}`

function fileOf(files: Map<string, OpenFile>, edge: GraphEdge): OpenFile {
  const key = keyOf(edge.path, edge.digest, edge.job)
  const known = files.get(key)
  if (known) return known
  const file: OpenFile = { key, path: edge.path, digest: edge.digest, size: edge.size, producers: [], consumers: [] }
  files.set(key, file)
  return file
}

/** The node that the input came from: as recorded, or what a newer execution of its producer has put in its place. */
function inputFile(
  files: Map<string, OpenFile>,
  edge: GraphEdge,
  jobs: ReadonlyMap<number, OpenJob>,
  state: Staleness,
): OpenFile {
  const source = sourceOf(edge, jobs, state.newest)
  const made = source === null ? undefined : jobs.get(source)?.outputs
  return (
    made?.find((file) => file.path === edge.path) ??
    made?.find((file) => file.digest !== null && file.digest === edge.digest) ??
    fileOf(files, edge)
  )
}

function produce(job: OpenJob, file: OpenFile): void {
  if (job.outputs.includes(file)) return
  job.outputs.push(file)
  file.producers.push(job)
}

function consume(job: OpenJob, file: OpenFile): void {
  // What a job both used and left as it was is drawn as used.
  if (job.inputs.includes(file) || file.producers.includes(job)) return
  job.inputs.push(file)
  file.consumers.push(job)
}

/** Kahn's order; among those that are ready the earlier step comes first. A circle is broken at its earliest job. */
function inOrder(jobs: readonly OpenJob[]): FlowJob[] {
  const missing = new Map(jobs.map((job) => [job, before(job).size]))
  const left = new Set([...jobs].sort(byStep))
  const ready = [...left].filter((job) => missing.get(job) === 0)
  const ordered: FlowJob[] = []
  while (left.size > 0) {
    const job = ready.shift() ?? ([...left][0] as OpenJob)
    if (!left.delete(job)) continue
    ordered.push(job)
    for (const next of after(job)) {
      const rest = (missing.get(next) as number) - 1
      missing.set(next, rest)
      if (rest === 0 && left.has(next)) insert(ready, next)
    }
  }
  return ordered
}

const before = (job: OpenJob): Set<OpenJob> =>
  new Set(job.inputs.flatMap((file) => file.producers).filter((one) => one !== job))
const after = (job: OpenJob): Set<OpenJob> =>
  new Set(job.outputs.flatMap((file) => file.consumers).filter((one) => one !== job))

const byStep = (a: FlowJob, b: FlowJob): number =>
  rank(a) - rank(b) || a.row.step.number - b.row.step.number || a.row.execution - b.row.execution || a.row.id - b.row.id

/** Builds prepare what runs use. */
const rank = (job: FlowJob): number => (job.row.step.kind === 'build' ? 0 : 1)

function insert(sorted: OpenJob[], job: OpenJob): void {
  const place = sorted.findIndex((other) => byStep(job, other) < 0)
  if (place === -1) sorted.push(job)
  else sorted.splice(place, 0, job)
}
