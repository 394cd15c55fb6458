/**
 * The graph as it is drawn: contents flow from job to job. A node is one path with one content, so that a copied file stays two nodes
 * and a file changed in place does not become a circle. Jobs come in an order in which nothing is used before it is made.
 */
import type { BytePath } from '../byte-path.ts'
import type { GraphRows, JobRow } from '../store.ts'
import type { Flow, FlowFile, FlowJob } from './flow-graph.ts'
import { inOrder } from './order.ts'
import { type GraphEdge, type Staleness, sourceOf } from './staleness.ts'

interface OpenJob extends FlowJob {
  readonly inputs: Set<OpenFile>
  readonly outputs: Set<OpenFile>
  /** The first output at a path, and the first of a content. */
  readonly at: Map<BytePath, OpenFile>
  readonly of: Map<string, OpenFile>
  code: number
}
interface OpenFile extends FlowFile {
  readonly producers: Set<OpenJob>
  readonly consumers: Set<OpenJob>
}

export function flow(rows: GraphRows, state: Staleness, options: { readonly withCode?: boolean } = {}): Flow {
  const jobs = new Map(rows.jobs.map((row) => [row.id, openJob(row, rows.left?.get(row.id) ?? 0)]))
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

const openJob = (row: JobRow, left: number): OpenJob => ({
  row,
  left,
  inputs: new Set(),
  outputs: new Set(),
  at: new Map(),
  of: new Map(),
  code: 0,
})

const keyOf = (path: BytePath, digest: string | null, job: number): string => `${path}\0${digest ?? `?${job}`}`

function fileOf(files: Map<string, OpenFile>, edge: GraphEdge): OpenFile {
  const key = keyOf(edge.path, edge.digest, edge.job)
  const known = files.get(key)
  if (known) return known
  const { path, digest, size } = edge
  const file: OpenFile = { key, path, digest, size, producers: new Set(), consumers: new Set() }
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
  const maker = source === null ? undefined : jobs.get(source)
  return (
    maker?.at.get(edge.path) ?? (edge.digest === null ? undefined : maker?.of.get(edge.digest)) ?? fileOf(files, edge)
  )
}

function produce(job: OpenJob, file: OpenFile): void {
  if (job.outputs.has(file)) return
  job.outputs.add(file)
  file.producers.add(job)
  if (!job.at.has(file.path)) job.at.set(file.path, file)
  if (file.digest !== null && !job.of.has(file.digest)) job.of.set(file.digest, file)
}

function consume(job: OpenJob, file: OpenFile): void {
  // What a job both used and left as it was is drawn as used.
  if (file.producers.has(job)) return
  job.inputs.add(file)
  file.consumers.add(job)
}
