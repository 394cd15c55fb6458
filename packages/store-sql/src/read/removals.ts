/** Which jobs have left nothing at a path where something lay. */
import type { BytePath, Removal } from '@roar/core'
import { accessList } from '../access-bits.ts'
import { bytePath, pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { jobsByIds } from './job-rows.ts'

export function removals(sql: Sql, paths: readonly BytePath[]): readonly Removal[] {
  const found = paths.length === 0 ? [] : sql.all('removalsAt', { paths: paths.map((path) => pathText(path).path) })
  const ids = [...new Set(found.map((row) => Number(row.job_id)))]
  const [jobs, moves] = [jobsByIds(sql, ids), movesOf(sql, ids)]
  const asked = new Set(paths)
  const texts = new Map(sql.all('pathsOfIds', { ids: found.map((row) => row.path_id) }).map((row) => [row.id, row]))
  return found.flatMap(({ path_id, job_id }) => {
    const [job, text] = [jobs.get(Number(job_id)), texts.get(path_id)]
    const path = text && bytePath(text)
    if (!job || !path || !asked.has(path)) return []
    return [{ path, job, movedTo: moves.get(`${job.id}:${path_id}`) ?? null }]
  })
}

/** By `job:path`. A copy is built on the same as what was moved, and only a rename leaves nothing behind: what a job made itself has not come from there. */
function movesOf(sql: Sql, jobs: readonly number[]): ReadonlyMap<string, BytePath> {
  const found = new Map<string, BytePath>()
  for (const row of sql.all('movesOfJobs', { jobs })) {
    const access = accessList(row.access)
    if (access.includes('renamed') && !access.includes('created'))
      found.set(`${row.job_id}:${row.path_id}`, bytePath(row))
  }
  return found
}
