/**
 * Which job made an input. The same content at the same path from an earlier job; else what an earlier reader of that path and content was told;
 * else the content alone, unless it is empty: all empty files are one content.
 */
import type { Sql } from '../sql.ts'

export interface InputKey {
  readonly job: number
  readonly artifact: number
  readonly path: number
  readonly size: number | null
}

export type Producers = (input: InputKey) => number | null

export function producers(sql: Sql): Producers {
  const sameContent = (role: 'input' | 'output') =>
    sql.build
      .selectFrom('edges')
      .select(['job_id', 'producer_job_id'])
      .where('role', '=', role)
      .orderBy('job_id', 'desc')
      .limit(1)
  const atPath = (role: 'input' | 'output') =>
    sql.prepare(['artifact', 'path', 'job'], (row) =>
      sameContent(role)
        .where('artifact_id', '=', row.artifact)
        .where('path_id', '=', row.path)
        .where('job_id', '<>', row.job),
    )
  const madeThere = atPath('output')
  const readThere = atPath('input')
  const madeAnywhere = sql.prepare(['artifact', 'job'], (row) =>
    sameContent('output').where('artifact_id', '=', row.artifact).where('job_id', '<>', row.job),
  )
  return (input) => {
    const { artifact, path, job } = input
    const made = madeThere.get({ artifact, path, job })
    if (made) return made.job_id as number
    const read = readThere.get({ artifact, path, job })
    if (read) return (read.producer_job_id as number | null) ?? null
    const elsewhere = input.size ? madeAnywhere.get({ artifact, job }) : undefined
    return elsewhere ? (elsewhere.job_id as number) : null
  }
}
