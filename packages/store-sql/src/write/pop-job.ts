/** Takes the newest job of a session out of the record. */
import type { JobRow } from '@roar/core'
import { jobRow, jobSelection } from '../read/job-rows.ts'
import type { Sql } from '../sql.ts'
import { removeUnusedPages } from './composite-rows.ts'

export function popJob(sql: Sql, session: number): JobRow | null {
  return sql.transaction(() => {
    const newest = jobSelection(sql).where('jobs.session_id', '=', session).orderBy('jobs.id', 'desc').limit(1)
    const found = sql.first(newest)
    if (!found) return null
    removeJob(sql, found.id)
    return jobRow(found)
  })
}

/** Within a transaction. Its edges go with it; so do artifacts that nothing else refers to, and a step without any job. */
export function removeJob(sql: Sql, id: number): void {
  const { build } = sql
  const used = sql.all(
    build
      .selectFrom('edges')
      .select('artifact_id')
      .distinct()
      .where('job_id', '=', id)
      .where('artifact_id', 'is not', null),
  )
  const job = sql.first(build.selectFrom('jobs').select('step_id').where('id', '=', id))
  const hadComposites = sql.first(
    build.selectFrom('edge_composites').select('ordinal').where('job_id', '=', id).limit(1),
  )
  sql.run(build.deleteFrom('jobs').where('id', '=', id))
  const orphan = sql.prepare(['artifact'], (row) =>
    build
      .deleteFrom('artifacts')
      .where('id', '=', row.artifact)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('edges').select('edges.job_id').whereRef('edges.artifact_id', '=', 'artifacts.id'))),
      ),
  )
  for (const { artifact_id } of used) orphan.run({ artifact: artifact_id })
  if (hadComposites) removeUnusedPages(sql)
  if (job) removeEmptyStep(sql, job.step_id)
}

function removeEmptyStep(sql: Sql, step: number): void {
  if (sql.first(sql.build.selectFrom('jobs').select('id').where('step_id', '=', step).limit(1))) return
  sql.run(sql.build.deleteFrom('steps').where('id', '=', step))
}
