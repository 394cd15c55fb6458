/**
 * Which job made an input. The same content at the same path from an earlier job; else what an earlier reader of that path and content was told;
 * else the content alone, unless it is empty: all empty files are one content.
 */
import type { Sql } from '../sql.ts'

/** `path` null: no earlier job knows it. Asked while only jobs that ended before have edges. */
export function producerOf(sql: Sql, artifact: number, path: number | null, size: number | null): number | null {
  const use = path === null ? undefined : sql.first('madeThere', { artifact, path })
  if (use) return use.role === 'output' ? use.job_id : use.producer_job_id
  const elsewhere = size ? sql.first('madeAnywhere', { artifact }) : undefined
  return elsewhere?.job_id ?? null
}
