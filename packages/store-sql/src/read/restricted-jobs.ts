/** Jobs by conditions of all kinds: so many ways to ask that each query is written when it is asked. */
import type { JobQuery, JobRow } from '@roar/core'
import { sql as raw, type SelectQueryBuilder } from 'kysely'
import { createBuilder } from '../queries/builder.ts'
import { jobSelection } from '../queries/jobs.ts'
import type { Sql } from '../sql.ts'
import { jobRow } from './job-rows.ts'

const build = createBuilder()

export function findJobs(sql: Sql, query: JobQuery): readonly JobRow[] {
  let found = restricted(jobSelection(build), query).orderBy('jobs.id', 'desc')
  if (query.limit !== undefined || query.offset) found = found.limit(query.limit ?? -1).offset(query.offset ?? 0)
  return sql.found(found.compile()).map(jobRow)
}

/** Joins the steps only where the kind is asked for: counting a hundred thousand jobs is then one walk through an index. */
export function countJobs(sql: Sql, query: JobQuery): number {
  const jobs: AnyQuery = build.selectFrom('jobs').select((eb) => eb.fn.countAll<number>().as('n'))
  const joined = query.kind === undefined ? jobs : jobs.innerJoin('steps', 'steps.id', 'jobs.step_id')
  const [found] = sql.found(restricted(joined, query).compile()) as { readonly n: number }[]
  return found?.n ?? 0
}

// biome-ignore lint/suspicious/noExplicitAny: restricts selections of several shapes over the same tables
type AnyQuery = SelectQueryBuilder<any, any, any>

function restricted<Q extends AnyQuery>(jobs: Q, query: JobQuery): Q {
  let found: AnyQuery = jobs
  if (query.session !== undefined) found = found.where('jobs.session_id', '=', query.session)
  if (query.kind === 'get' || query.kind === 'put') found = found.where('jobs.verb', '=', query.kind)
  else if (query.kind !== undefined) found = found.where('steps.kind', '=', query.kind)
  if (query.since !== undefined) found = startedSince(found, query.since)
  if (query.dirty !== undefined) found = found.where('jobs.dirty', '=', query.dirty ? 1 : 0)
  if (query.status !== undefined) found = found.where('jobs.status', '=', query.status)
  if (query.grep !== undefined) {
    const text = `%${query.grep.replace(/[\\%_]/g, '\\$&')}%`
    found = found.where(raw<boolean>`(jobs.command LIKE ${text} ESCAPE '\\' OR jobs.name LIKE ${text} ESCAPE '\\')`)
  }
  return found as Q
}

/**
 * The newest jobs are read by id from the end, and would be until enough of them are found: where few are, to the very beginning. So the oldest that
 * can match is looked up first, by the index of times; `+ 0` keeps SQLite from walking the ids for their minimum. Clocks go backwards: both conditions stay.
 */
const startedSince = (jobs: AnyQuery, since: number): AnyQuery =>
  jobs
    .where('jobs.started_at', '>=', since)
    .where('jobs.id', '>=', raw<number>`(SELECT min(id + 0) FROM jobs WHERE started_at >= ${since})`)
