/**
 * What outputs were built on, and what inputs were whose digest nobody knows: found before the job's own edges are there, for no job is its own
 * producer.
 */
import type { AccessKind, BytePath, InputEdge, JobOutcome, OutputEdge } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { type Holder, holderOf, holderOfCopy } from './member-holders.ts'
import { memberMakers } from './member-makers.ts'
import type { PathIds } from './path-ids.ts'
import { producerOf } from './producers.ts'

export interface BaseRow {
  /** Among the edges, inputs first. */
  readonly place: number
  readonly path: number
  readonly producer: number | null
  readonly whole: 0 | 1
}

export interface KnownEdges extends Pick<JobOutcome, 'inputs' | 'outputs'> {
  /** Of an edge, where an earlier job may know it; else null. */
  artifactOf(place: number): number | null
  /** Of an input. */
  isMade(place: number): boolean
}

interface Kept {
  readonly edge: InputEdge | OutputEdge
  readonly place: number
  readonly base: BytePath
  readonly isInput: boolean
}

export function basesOf(sql: Sql, edges: KnownEdges, paths: PathIds): readonly BaseRow[] {
  const kept = keptOf(edges)
  if (kept.length === 0) return []
  const ids = paths.of(kept.map(({ base }): BytePath => base))
  return kept.flatMap((one, i) => rowsOf(sql, one, ids[i] as number, { edges, paths, isEarly: i < mostMembers }))
}

/** In the order in which composites are searched for them: files from outside may be many, and few were ever members. */
function keptOf(edges: KnownEdges): readonly Kept[] {
  const read = new Set(edges.inputs.map((edge) => edge.path))
  const kept = edges.outputs.flatMap((edge, i) =>
    edge.base && !read.has(edge.base)
      ? [{ edge, place: edges.inputs.length + i, base: edge.base, isInput: false }]
      : [],
  )
  const { unmade, outsiders } = unmadeInputs(edges)
  return [...unmade, ...kept, ...outsiders.slice(0, mostMembers)]
}

/** `unmade`: of them it shows in no other way who made them. `outsiders`: files with a digest, which no job has made as files. */
function unmadeInputs({ inputs, isMade }: KnownEdges): Record<'unmade' | 'outsiders', readonly Kept[]> {
  const [unmade, outsiders]: [Kept[], Kept[]] = [[], []]
  for (const [place, edge] of inputs.entries()) {
    const one = { edge, place, base: edge.path, isInput: true }
    // What the job itself has overwritten before it was hashed stood there all the same.
    if (isUnknown(edge)) unmade.push(one)
    else if (!edge.inCommit && !isMade(place)) (edge.kind === 'composite' ? unmade : outsiders).push(one)
  }
  return { unmade, outsiders }
}

/** Of a job that moves a hundred thousand files, so many are looked for in composites. */
const mostMembers = 1000

interface Room {
  readonly edges: KnownEdges
  readonly paths: PathIds
  readonly isEarly: boolean
}

function rowsOf(sql: Sql, { edge, place, base, isInput }: Kept, path: number, room: Room): BaseRow[] {
  const { edges, paths, isEarly } = room
  const whole = (isAll: boolean): 0 | 1 => ((isInput ? isAll : edge.readBack) ? 1 : 0)
  // The maker of a known content would be its producer.
  const isKnown = isInput && !isUnknown(edge)
  const producer = isKnown || path >= paths.fresh ? null : makerOf(sql, edge, edges.artifactOf(place), path)
  if (producer !== null) return [{ place, path, producer, whole: whole(true) }]
  const holder = isEarly && edge.kind === 'file' ? (isKnown ? holderOfContent(sql, edge) : holderNow(sql, base)) : null
  if (holder) return [{ place, path: holder.path, producer: holder.job, whole: whole(true) }]
  const copied = isKnown && isEarly && edge.kind === 'file' ? holderOfBytes(sql, edge) : null
  // Who makes the composite again has not made the copy: the file itself stays an input.
  if (copied) return [{ place, path: copied.path, producer: copied.job, whole: whole(false) }]
  const { makers, isAll } = edge.kind === 'composite' ? memberMakers(sql, edge, isInput) : { makers: [], isAll: false }
  if (makers.length > 0) return makers.map((one) => ({ place, ...one, whole: whole(isAll) }))
  return isInput ? [] : [{ place, path, producer: null, whole: whole(false) }]
}

/** Its bytes prove that it is the member, whatever was seen there since. */
const holderOfContent = (sql: Sql, { path, digests }: InputEdge | OutputEdge): Holder | null =>
  digests.blake3 === undefined ? null : holderOf(sql, path, digests.blake3)

/** Copied out of it, or moved, by nobody whom roar has seen. All empty files are one content. */
const holderOfBytes = (sql: Sql, { size, digests }: InputEdge | OutputEdge): Holder | null =>
  digests.blake3 === undefined || !size ? null : holderOfCopy(sql, digests.blake3)

function holderNow(sql: Sql, member: BytePath): Holder | null {
  const holder = holderOf(sql, member)
  return holder && lastMakerAt(sql, holder.path) === holder.job ? holder : null
}

const isUnknown = ({ digests, ...edge }: InputEdge | OutputEdge): boolean =>
  !('inCommit' in edge && edge.inCommit) && Object.keys(digests).length === 0

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
  const rows = new RowWriter(sql, 'edge_bases', ['ordinal', 'path_id', 'producer_job_id', 'whole'], { job_id: job })
  for (const { place, path, producer, whole } of bases) rows.add(place, path, producer, whole)
  rows.flush()
}
