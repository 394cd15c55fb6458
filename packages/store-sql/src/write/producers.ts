/**
 * Which job made an input. The same content at the same path from an earlier job; else what an earlier reader of that path and content was told;
 * else the content alone, unless it is empty: all empty files are one content.
 */
import type { Sql } from '../sql.ts'

/** `path` null: no earlier job knows it. Asked while only jobs that ended before have edges. */
export type Producers = (artifact: number, path: number | null, size: number | null) => number | null

export function producers(sql: Sql): Producers {
  const uses = sql.build.selectFrom('edges').select(['role', 'job_id', 'producer_job_id'])
  // 'output' > 'input': one walk to the end of one index answers both of the first two questions.
  const there = sql.prepare(['artifact', 'path'], (row) =>
    uses
      .where('path_id', '=', row.path)
      .where('artifact_id', '=', row.artifact)
      .orderBy('role', 'desc')
      .orderBy('job_id', 'desc')
      .limit(1),
  )
  const madeAnywhere = sql.prepare(['artifact'], (row) =>
    uses.where('role', '=', 'output').where('artifact_id', '=', row.artifact).orderBy('job_id', 'desc').limit(1),
  )
  return (artifact, path, size) => {
    const use = path === null ? undefined : there.get({ artifact, path })
    if (use) return (use.role === 'output' ? use.job_id : use.producer_job_id) as number | null
    const elsewhere = size ? madeAnywhere.get({ artifact }) : undefined
    return elsewhere ? (elsewhere.job_id as number) : null
  }
}
