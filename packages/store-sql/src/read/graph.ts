/** Nodes and edges of a session. */
import type { GraphQuery, GraphRows, JobRow } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { nameDigest } from '../write/artifact-ids.ts'
import { digestsOf } from './digests.ts'
import { jobRow, jobSelection } from './job-rows.ts'

/** SQLite bounds the parameters of a query; this many jobs are asked for at once. */
const atOnce = 500

export function graph(sql: Sql, query: GraphQuery): GraphRows {
  const jobs = graphJobs(sql, query)
  const ids = jobs.map((job) => job.id)
  const edges: GraphRows['edges'][number][] = []
  for (let at = 0; at < ids.length; at += atOnce) edges.push(...edgesOf(sql, ids.slice(at, at + atOnce)))
  return { jobs, edges }
}

/** Oldest first. */
function graphJobs(sql: Sql, query: GraphQuery): readonly JobRow[] {
  let jobs = jobSelection(sql).where('jobs.session_id', '=', query.session).orderBy('jobs.id', 'desc')
  if (query.withoutDirty) jobs = jobs.where('jobs.dirty', '=', 0)
  if (!query.expanded)
    jobs = jobs.where('jobs.execution', '=', (eb) => {
      const newest = eb
        .selectFrom('jobs as others')
        .select((others) => others.fn.max('others.execution').as('newest'))
        .whereRef('others.step_id', '=', 'jobs.step_id')
      return query.withoutDirty ? newest.where('others.dirty', '=', 0) : newest
    })
  if (query.limit !== undefined) jobs = jobs.limit(query.limit)
  return sql.all(jobs).map(jobRow).reverse()
}

function edgesOf(sql: Sql, ids: readonly number[]): GraphRows['edges'] {
  const digests = digestsOf(sql, (query) =>
    query.where(
      'digests.artifact_id',
      'in',
      sql.build.selectFrom('edges').select('edges.artifact_id').where('edges.job_id', 'in', ids),
    ),
  )
  const rows = sql.build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .select(['job_id', 'artifact_id', 'path', 'escaped', 'role', 'size', 'producer_job_id', 'code'])
    .where('job_id', 'in', ids)
    .orderBy('edges.id')
  return sql.all(rows).map((row) => ({
    job: row.job_id,
    artifact: row.artifact_id,
    path: bytePath(row),
    role: row.role,
    size: row.size,
    digest: row.artifact_id === null ? null : nameDigest(digests.get(row.artifact_id) ?? {}),
    producer: row.producer_job_id,
    code: row.code === 1,
  }))
}
