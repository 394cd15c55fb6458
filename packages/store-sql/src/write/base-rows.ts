/**
 * What outputs were built on, and what inputs were whose digest nobody knows: found before the job's own edges are there, for no job is its own
 * producer.
 */
import type { AccessKind, BytePath, InputEdge, JobOutcome, OutputEdge } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { type Holder, holderOf } from './member-makers.ts'
import type { PathIds } from './path-ids.ts'
import { producerOf } from './producers.ts'

export interface BaseRow {
  /** Among the edges, inputs first. */
  readonly place: number
  readonly path: number
  readonly producer: number | null
}

/** `artifactOf`: of an edge, where an earlier job may know it; else null. */
export function basesOf(
  sql: Sql,
  { inputs, outputs }: Pick<JobOutcome, 'inputs' | 'outputs'>,
  artifactOf: (place: number) => number | null,
  paths: PathIds,
): readonly BaseRow[] {
  // What the job itself has overwritten before it was hashed stood there all the same.
  const unknown = inputs.flatMap((edge, place) => (isUnknown(edge) ? [{ edge, place, base: edge.path }] : []))
  const kept = outputs.flatMap((edge, i) => (edge.base ? [{ edge, place: inputs.length + i, base: edge.base }] : []))
  if (kept.length === 0 && unknown.length === 0) return []
  const read = new Set(inputs.map((edge) => edge.path))
  const unread = [...unknown, ...kept.filter(({ base }) => !read.has(base))]
  const ids = paths.of(unread.map(({ base }): BytePath => base))
  const rows = unread.map(({ edge, place, base }, i) => {
    const path = ids[i] as number
    const producer = path >= paths.fresh ? null : makerOf(sql, edge, artifactOf(place), path)
    const holder = producer === null && i < mostMembers ? holderNow(sql, base) : null
    return { place, ...(holder ? { path: holder.path, producer: holder.job } : { path, producer }) }
  })
  return rows.filter(({ place, producer }) => place >= inputs.length || producer !== null)
}

/** Of a job that moves a hundred thousand files, so many are looked for in composites. */
const mostMembers = 1000

function holderNow(sql: Sql, member: BytePath): Holder | null {
  const holder = holderOf(sql, member)
  return holder && lastMakerAt(sql, holder.path) === holder.job ? holder : null
}

const isUnknown = ({ digests, kind, inCommit }: InputEdge): boolean =>
  kind === 'file' && !inCommit && Object.keys(digests).length === 0

/** By which bytes were changed. */
const changing: readonly AccessKind[] = ['written', 'appended', 'truncated', 'may-write']

function makerOf(sql: Sql, edge: OutputEdge, artifact: number | null, path: number): number | null {
  const isAsBefore = edge.base && !edge.composite?.part && !edge.access.some((kind) => changing.includes(kind))
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

/** Behind the edges themselves. */
export function writeBases(sql: Sql, job: number, bases: readonly BaseRow[]): void {
  const rows = new RowWriter(sql, 'edge_bases', ['ordinal', 'path_id', 'producer_job_id'], { job_id: job })
  for (const { place, path, producer } of bases) rows.add(place, path, producer)
  rows.flush()
}
