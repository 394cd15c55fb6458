/**
 * Executions that newer ones of their steps have not replaced: `YEAR=2020 python clean.py` and `YEAR=2021 python clean.py` are one step, and each has made a
 * file that a later step reads. What nobody in the graph makes now, and an earlier execution has made, comes from there.
 */
import { type BytePath, type GraphEdge, type JobRow, newestExecutions, stepKey } from '@roar/core'
import type { Sql } from '../sql.ts'
import { jobRow } from './job-rows.ts'

/** `jobs`: the newest execution of each step that is drawn. Of the makers their own steps must be among them. */
export function keptMakers(sql: Sql, jobs: readonly JobRow[], edges: readonly GraphEdge[]): readonly JobRow[] {
  if (jobs.every(({ execution }) => execution === 1)) return []
  const ids = missingMakers(jobs, edges)
  if (ids.length === 0) return []
  const newest = newestExecutions(jobs)
  return sql
    .all('jobsByIds', { ids })
    .map(jobRow)
    .filter((job) => job.execution < (newest.get(stepKey(job))?.execution ?? 0))
}

/** Most graphs miss none: what is made is looked through only for the paths that somebody misses. */
function missingMakers(jobs: readonly JobRow[], edges: readonly GraphEdge[]): readonly number[] {
  const drawn = new Set(jobs.map(({ id }) => id))
  const missed = new Map<BytePath, Set<number>>()
  for (const { producer, path } of edges)
    if (producer !== null && !drawn.has(producer)) missed.set(path, (missed.get(path) ?? new Set()).add(producer))
  if (missed.size === 0) return []
  for (const { role, path } of edges) if (role === 'output') missed.delete(path)
  return [...new Set([...missed.values()].flatMap((makers) => [...makers]))]
}
