/** Takes the newest job of a session out of the record. */
import type { JobRow } from '@roar/core'
import { jobRow } from '../read/job-rows.ts'
import type { Sql } from '../sql.ts'
import { removeUnusedPages } from './composite-rows.ts'

export function popJob(sql: Sql, session: number): JobRow | null {
  return sql.transaction(() => {
    const found = sql.first('newestJobsOfSession', { session, limit: 1, offset: 0 })
    if (!found) return null
    removeJob(sql, found.id)
    return jobRow(found)
  })
}

/** Within a transaction. Its edges go with it; so do artifacts that nothing else refers to, and a step without any job. */
export function removeJob(sql: Sql, id: number): void {
  const used = sql.all('artifactsOfJob', { job: id })
  const job = sql.first('stepOfJob', { id })
  const hadComposites = sql.first('anyComposite', { job: id })
  sql.run('deleteJob', { id })
  for (const { artifact_id } of used)
    if (artifact_id !== null) sql.run('deleteUnusedArtifact', { artifact: artifact_id })
  if (hadComposites) removeUnusedPages(sql)
  if (job && !sql.first('newestExecution', { step: job.step_id })) sql.run('deleteStep', { id: job.step_id })
}
