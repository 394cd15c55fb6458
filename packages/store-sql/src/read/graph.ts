/** Nodes and edges of a session. */
import type { GraphQuery, GraphRows, JobRow } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { digestsOf } from './digests.ts'
import { jobRow, jobSelection } from './job-rows.ts'
import { nameDigest } from './name-digest.ts'

export function graph(sql: Sql, query: GraphQuery): GraphRows {
  const jobs = graphJobs(sql, query)
  return { jobs, edges: edgesOf(sql, jobs) }
}

/** Oldest first. */
function graphJobs(sql: Sql, query: GraphQuery): readonly JobRow[] {
  let jobs = jobSelection(sql).orderBy('jobs.id', 'desc')
  if (query.expanded) jobs = jobs.where('jobs.session_id', '=', query.session)
  else jobs = jobs.where('jobs.id', 'in', newestExecutions(sql, query))
  if (query.withoutDirty) jobs = jobs.where('jobs.dirty', '=', 0)
  if (query.limit !== undefined) jobs = jobs.limit(query.limit)
  return sql.all(jobs).map(jobRow).reverse()
}

/** By way of the steps: a session may have run each of them a thousand times. */
const newestExecutions = (sql: Sql, { session, withoutDirty }: GraphQuery) =>
  sql.build
    .selectFrom('steps as own')
    .where('own.session_id', '=', session)
    .select((eb) => {
      const executions = eb.selectFrom('jobs as one').select('one.id').whereRef('one.step_id', '=', 'own.id')
      const shown = withoutDirty ? executions.where('one.dirty', '=', 0) : executions
      return shown.orderBy('one.execution', 'desc').limit(1).as('newest')
    })

function edgesOf(sql: Sql, jobs: readonly JobRow[]): GraphRows['edges'] {
  const query = sql.build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .leftJoin('artifacts', 'artifacts.id', 'edges.artifact_id')
    .select(['job_id', 'artifact_id', 'path', 'escaped', 'role', 'edges.size', 'producer_job_id', 'code'])
    // What an edge without artifact is stands in the edge itself.
    .select(({ fn }) => [
      fn.coalesce('artifacts.kind', 'edges.kind').as('kind'),
      fn.coalesce('artifacts.format', 'edges.format').as('format'),
      fn.coalesce('artifacts.members', 'edges.members').as('members'),
    ])
    .where('job_id', 'in', listed(jobs.map((job) => job.id)))
    .orderBy('job_id')
    .orderBy('ordinal')
  const rows = jobs.length === 0 ? [] : sql.all(query)
  const digests = digestsOf(
    sql,
    rows.map((row) => row.artifact_id),
  )
  return rows.map((row) => ({
    job: row.job_id,
    artifact: row.artifact_id,
    path: bytePath(row),
    role: row.role,
    size: row.size,
    digest: row.artifact_id === null ? null : nameDigest(digests.get(row.artifact_id) ?? {}),
    producer: row.producer_job_id,
    code: row.code === 1,
    kind: row.kind ?? 'file',
    format: row.format,
    members: row.members,
  }))
}
