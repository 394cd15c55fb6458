/** What outputs were built on: found before the job's own edges are there, for no job is its own producer. */
import type { AccessKind, BytePath, JobOutcome, OutputEdge } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { holderOf } from './member-makers.ts'
import type { PathIds } from './path-ids.ts'
import { producerOf } from './producers.ts'

export interface BaseRow {
  /** Among the outputs. */
  readonly place: number
  readonly path: number
  readonly producer: number | null
}

/** `artifactOf`: of an output, where an earlier job may know it; else null. */
export function basesOf(
  sql: Sql,
  { inputs, outputs }: Pick<JobOutcome, 'inputs' | 'outputs'>,
  artifactOf: (place: number) => number | null,
  paths: PathIds,
): readonly BaseRow[] {
  const kept = outputs.flatMap((edge, place) => (edge.base ? [{ edge, place, base: edge.base }] : []))
  if (kept.length === 0) return []
  const read = new Set(inputs.map((edge) => edge.path))
  const unread = kept.filter(({ base }) => !read.has(base))
  const ids = paths.of(unread.map(({ base }): BytePath => base))
  return unread.map(({ edge, place }, i) => {
    const path = ids[i] as number
    const producer = path >= paths.fresh ? null : makerOf(sql, edge, artifactOf(place), path)
    const holder = producer === null && i < mostMembers ? holderOf(sql, edge.base as BytePath) : null
    const isStill = holder !== null && lastMakerAt(sql, holder.path) === holder.job
    return isStill ? { place, path: holder.path, producer: holder.job } : { place, path, producer }
  })
}

/** Of a job that moves a hundred thousand files, so many are looked for in composites. */
const mostMembers = 1000

/** By which bytes were changed. */
const changing: readonly AccessKind[] = ['written', 'appended', 'truncated', 'may-write']

function makerOf(sql: Sql, edge: OutputEdge, artifact: number | null, path: number): number | null {
  const isAsBefore = !edge.composite?.part && !edge.access.some((kind) => changing.includes(kind))
  if (isAsBefore) return artifact === null ? null : producerOf(sql, artifact, path, edge.size)
  return lastMakerAt(sql, path)
}

/** Who made what stood there; null where somebody has read something else there since, which no job had made. */
function lastMakerAt(sql: Sql, path: number): number | null {
  const made = sql.first('lastMadeAt', { path })
  const last = made && sql.first('lastUseAt', { path })
  const isStill = last && (last.job_id === made.job_id || last.producer_job_id === made.job_id)
  return isStill ? made.job_id : null
}

/** `first`: the ordinal of the first output. Behind the edges themselves. */
export function writeBases(sql: Sql, job: number, bases: readonly BaseRow[], first: number): void {
  const rows = new RowWriter(sql, 'edge_bases', ['ordinal', 'path_id', 'producer_job_id'], { job_id: job })
  for (const { place, path, producer } of bases) rows.add(first + place, path, producer)
  rows.flush()
}
