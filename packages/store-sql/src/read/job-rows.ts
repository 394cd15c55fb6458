/** Jobs without their edges: for lists, references and graphs. */
import type { JobQuery, JobRow, StepRef } from '@roar/core'
import { sql as raw, type SelectQueryBuilder } from 'kysely'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'

export const jobSelection = (sql: Sql) =>
  sql.build
    .selectFrom('jobs')
    .innerJoin('sessions', 'sessions.id', 'jobs.session_id')
    .innerJoin('steps', 'steps.id', 'jobs.step_id')
    .select([
      'jobs.id',
      'jobs.uid',
      'jobs.verb',
      'jobs.session_id',
      'sessions.hash',
      'steps.kind',
      'steps.number',
      'jobs.execution',
      'jobs.name',
      'jobs.status',
      'jobs.argv',
      'jobs.cwd',
      'jobs.started_at',
      'jobs.ended_at',
      'jobs.duration_ms',
      'jobs.exit_code',
      'jobs.signal',
      'jobs.dirty',
      'jobs.commit_id',
      'jobs.branch',
      'jobs.inputs',
      'jobs.outputs',
      'jobs.complete',
      'jobs.trace_log',
      'jobs.recorder_pid',
      'jobs.recorder_start',
    ])

export type JobFound = ReturnType<typeof jobSelection> extends { execute(): Promise<(infer R)[]> } ? R : never

export const jobRow = (found: JobFound): JobRow => ({
  id: found.id,
  uid: found.uid,
  session: found.session_id,
  sessionHash: found.hash,
  kind: found.verb ?? found.kind,
  step: { kind: found.kind, number: found.number },
  execution: found.execution,
  name: found.name,
  status: found.status,
  argv: JSON.parse(found.argv),
  cwd: found.cwd,
  startedAt: found.started_at,
  endedAt: found.ended_at,
  durationMs: found.duration_ms,
  exitCode: found.exit_code,
  signal: found.signal,
  dirty: found.dirty === 1,
  commit: found.commit_id,
  branch: found.branch,
  inputs: found.inputs,
  outputs: found.outputs,
  complete: found.complete === 1,
  traceLog: found.trace_log,
  recorderPid: found.recorder_pid,
  recorderStart: found.recorder_start,
})

export function findJobs(sql: Sql, query: JobQuery): readonly JobRow[] {
  let found = restricted(jobSelection(sql), query).orderBy('jobs.id', 'desc')
  if (query.limit !== undefined || query.offset) found = found.limit(query.limit ?? -1).offset(query.offset ?? 0)
  return sql.all(found).map(jobRow)
}

/** Joins the steps only where the kind is asked for: counting a hundred thousand jobs is then one walk through an index. */
export function countJobs(sql: Sql, query: JobQuery): number {
  const jobs: AnyQuery = sql.build.selectFrom('jobs').select((eb) => eb.fn.countAll<number>().as('n'))
  const joined = query.kind === undefined ? jobs : jobs.innerJoin('steps', 'steps.id', 'jobs.step_id')
  return (sql.first(restricted(joined, query)) as { readonly n: number } | undefined)?.n ?? 0
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

/** Of a hex prefix: everything from it up to the next one, which the index finds. */
export const prefixEnd = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)

export const jobsByUid = (sql: Sql, prefix: string): readonly JobRow[] =>
  prefix === ''
    ? []
    : sql
        .all(jobSelection(sql).where('jobs.uid', '>=', prefix).where('jobs.uid', '<', prefixEnd(prefix)).limit(16))
        .map(jobRow)

export const executionsOf = (sql: Sql, session: number, step: StepRef): readonly JobRow[] =>
  sql
    .all(
      jobSelection(sql)
        .where('steps.session_id', '=', session)
        .where('steps.kind', '=', step.kind)
        .where('steps.number', '=', step.number)
        .orderBy('jobs.execution', 'desc'),
    )
    .map(jobRow)

export function jobsByIds(sql: Sql, ids: readonly number[]): ReadonlyMap<number, JobRow> {
  if (ids.length === 0) return new Map()
  const jobs = sql.all(jobSelection(sql).where('jobs.id', 'in', listed(ids)))
  return new Map(jobs.map((job) => [job.id, jobRow(job)]))
}
