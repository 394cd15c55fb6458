/** The edges of a job with very many outputs that a graph cannot do without. */
import type { JobRow } from '@roar/core'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'

export type EdgeOfGraph = Row<'edgesOfGraph'>

export interface CrowdedEdges {
  readonly rows: readonly EdgeOfGraph[]
  /** By job, see `GraphRows.left`. */
  readonly left: ReadonlyMap<number, number>
}

/** With fewer outputs it is quicker to read them all. */
const many = 100

export const isCrowded = (job: JobRow, most: number | undefined): boolean =>
  most !== undefined && job.outputs > many + most

/** In the order of the jobs, then by ordinal. */
export function crowdedEdges(
  sql: Sql,
  crowded: readonly JobRow[],
  others: readonly number[],
  most: number,
): CrowdedEdges {
  const met = outputsMet(
    sql,
    crowded.map((job) => job.id),
    others,
  )
  const left = new Map<number, number>()
  const rows: EdgeOfGraph[] = []
  for (const job of crowded) {
    const known = met.get(job.id) ?? new Set()
    const to = endOfFirst(job, known, most)
    const first = sql.all('firstEdgesOfGraph', { job: job.id, to })
    const ordinals = [...known].filter((ordinal) => ordinal >= to)
    const further = ordinals.length === 0 ? [] : sql.all('someEdgesOfGraph', { job: job.id, ordinals })
    const loaded = first.filter((row) => row.role === 'output').length + further.length
    if (loaded < job.outputs) left.set(job.id, job.outputs - loaded)
    for (const row of first) rows.push(row)
    for (const row of further) rows.push(row)
  }
  return { rows, left }
}

/** By job, the ordinals of the outputs that something else has to do with. */
function outputsMet(
  sql: Sql,
  crowded: readonly number[],
  others: readonly number[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map(crowded.map((job) => [job, new Set<number>()]))
  const given = { crowded, others }
  const add = (rows: readonly { readonly job_id: number; readonly ordinal: number }[]): void => {
    for (const { job_id, ordinal } of rows) found.get(job_id)?.add(ordinal)
  }
  add(sql.all('outputsMetAtPath', given))
  add(sql.all('outputsMetByContent', given))
  if (crowded.length > 1) add(sql.all('outputsMadeTwice', { crowded }))
  return found
}

/** Behind the inputs and the first `most` outputs that nothing else has to do with. */
function endOfFirst(job: JobRow, met: ReadonlySet<number>, most: number): number {
  let [ordinal, free] = [job.inputs, 0]
  const end = job.inputs + job.outputs
  for (; free < most && ordinal < end; ordinal++) if (!met.has(ordinal)) free++
  return ordinal
}
