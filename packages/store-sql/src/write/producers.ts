/**
 * Which job made an input. The same content at the same path from an earlier job; else what an earlier reader of that path and content was told;
 * else the content alone, unless it is empty: all empty files are one content.
 */
import type { Sql } from '../sql.ts'

/** `path` null: no earlier job knows it. Asked while only jobs that ended before have edges. */
export type Producers = (artifact: number, path: number | null, size: number | null) => number | null

export function producers(sql: Sql): Producers {
  const newest = (role: 'input' | 'output') =>
    sql.build
      .selectFrom('edges')
      .select(['job_id', 'producer_job_id'])
      .where('role', '=', role)
      .orderBy('job_id', 'desc')
      .limit(1)
  const atPath = (role: 'input' | 'output') =>
    sql.prepare(['artifact', 'path'], (row) =>
      newest(role).where('artifact_id', '=', row.artifact).where('path_id', '=', row.path),
    )
  const madeThere = atPath('output')
  const readThere = atPath('input')
  const madeAnywhere = sql.prepare(['artifact'], (row) => newest('output').where('artifact_id', '=', row.artifact))
  return (artifact, path, size) => {
    const made = path === null ? undefined : madeThere.get({ artifact, path })
    if (made) return made.job_id as number
    const read = path === null ? undefined : readThere.get({ artifact, path })
    if (read) return (read.producer_job_id as number | null) ?? null
    const elsewhere = size ? madeAnywhere.get({ artifact }) : undefined
    return elsewhere ? (elsewhere.job_id as number) : null
  }
}
