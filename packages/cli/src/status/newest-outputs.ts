/** A session's outputs that lie in its workspace, part by part: the last job to write a path answers for it. */
import { type GraphRows, isUrl, type JobRow, type LineageStore, type Production, type Staleness } from '@roar/core'
import type { RecordedOutput } from './check-outputs.ts'

/** Some milliseconds' worth. */
const part = 2048

/** By job, each in its order. What `rows` leaves out is asked of the store, and is its job's alone. */
export async function* newestOutputs(
  store: LineageStore,
  rows: GraphRows,
  { newest }: Staleness,
  digests: boolean,
): AsyncGenerator<readonly RecordedOutput[]> {
  const made = outputsByJob(rows)
  for (const job of rows.jobs) {
    const parts = rows.left?.has(job.id) ? outputsOf(store, job, digests) : [made.get(job.id) ?? []]
    // What lies in a store is asked of it by `roar verify`, not by every look at the session.
    for await (const some of parts) yield some.filter(({ path }) => answers(job, newest.get(path)) && !isUrl(path))
  }
}

const answers = (job: JobRow, made: Production | undefined): boolean => made === undefined || made.job.id === job.id

function outputsByJob({ jobs, edges }: GraphRows): ReadonlyMap<number, readonly RecordedOutput[]> {
  const made = new Map<number, RecordedOutput[]>(jobs.map((job) => [job.id, []]))
  const byId = new Map(jobs.map((job) => [job.id, job]))
  for (const edge of edges)
    if (edge.role === 'output') made.get(edge.job)?.push({ ...edge, job: byId.get(edge.job) as JobRow })
  return made
}

async function* outputsOf(
  store: LineageStore,
  job: JobRow,
  digests: boolean,
): AsyncGenerator<readonly RecordedOutput[]> {
  for (let from = 0; from < job.outputs; from += part) {
    const files = (await store.madeFiles?.(job.id, { from, limit: part, digests })) ?? []
    yield files.map(({ path, artifact, digest, kind, size }) => ({ path, job, size, digest, artifact, kind }))
  }
}
