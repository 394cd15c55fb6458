/** What outputs were built on, with what is known of it. */
import type { Base, Built } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { digestsOf } from './digests.ts'

export interface BaseOfEdge {
  readonly row: Row<'basesOfJobs'>
  readonly base: Base
}

/** By job, then by ordinal. */
export const readBases = (sql: Sql, jobs: readonly number[]): readonly BaseOfEdge[] =>
  basesOf(sql, jobs.length === 0 ? [] : sql.all('basesOfJobs', { jobs }))

export function basesOf(sql: Sql, rows: readonly Row<'basesOfJobs'>[]): readonly BaseOfEdge[] {
  const digests = digestsOf(
    sql,
    rows.map((row) => row.artifact_id),
  )
  return rows.map((row) => ({
    row,
    base: {
      path: bytePath(row),
      ...contentOf(row),
      digests: (row.artifact_id === null ? null : digests.get(row.artifact_id)) ?? {},
      producer:
        row.producer_kind === null || row.producer_number === null
          ? null
          : { kind: row.producer_kind, number: row.producer_number },
      producerUid: row.uid,
    },
  }))
}

/** By `job:ordinal`. */
export function builtOf(bases: readonly BaseOfEdge[]): ReadonlyMap<string, Built> {
  const found = new Map<string, { bases: Base[]; whole: boolean }>()
  for (const { row, base } of bases) {
    const key = `${row.job_id}:${row.ordinal}`
    const known = found.get(key)
    if (known) known.bases.push(base)
    else found.set(key, { bases: [base], whole: row.whole === 1 })
  }
  return found
}

/** Where nobody is known to have made it, nothing is known of it. */
const contentOf = (row: Row<'basesOfJobs'>): Pick<Base, 'artifact' | 'kind' | 'format' | 'members' | 'size'> =>
  row.artifact_id === null
    ? { artifact: null, kind: 'file', format: null, members: null, size: null }
    : { artifact: row.artifact_id, kind: row.kind ?? 'file', format: row.format, members: row.members, size: row.size }
