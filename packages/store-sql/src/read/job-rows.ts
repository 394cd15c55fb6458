/** Jobs without their edges: for lists, references and graphs. */
import type { JobQuery, JobRow, StepRef } from '@roar/core'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'

export type JobFound = Row<'jobsByIds'>

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

/** What is mostly asked: the newest of a session or of all, or those in one state. Null: `query` asks for more. */
export function findPlainJobs(sql: Sql, query: JobQuery): readonly JobRow[] | null {
  const { session, status, limit = -1, offset = 0, ...more } = query
  if (!isEmpty(more)) return null
  if (status === undefined) return newestJobs(sql, session, { limit, offset }).map(jobRow)
  const byStatus = session === undefined && limit === -1 && offset === 0
  return byStatus ? sql.all('jobsByStatus', { status }).map(jobRow) : null
}

const newestJobs = (
  sql: Sql,
  session: number | undefined,
  part: { readonly limit: number; readonly offset: number },
) => (session === undefined ? sql.all('newestJobs', part) : sql.all('newestJobsOfSession', { session, ...part }))

export function countPlainJobs(sql: Sql, { session, ...more }: JobQuery): number | null {
  if (!isEmpty(more)) return null
  const found = session === undefined ? sql.first('countJobs') : sql.first('countJobsOfSession', { session })
  return found?.n ?? 0
}

const isEmpty = (query: JobQuery): boolean => Object.values(query).every((value) => value === undefined)

/** Of a hex prefix: everything from it up to the next one, which the index finds. */
export const prefixEnd = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)

export const jobsByUid = (sql: Sql, prefix: string): readonly JobRow[] =>
  prefix === '' ? [] : sql.all('jobsByUid', { from: prefix, to: prefixEnd(prefix) }).map(jobRow)

export const executionsOf = (sql: Sql, session: number, { kind, number }: StepRef, limit = -1): readonly JobRow[] =>
  sql.all('executionsOfStep', { session, kind, number, limit }).map(jobRow)

export function jobsByIds(sql: Sql, ids: readonly number[]): ReadonlyMap<number, JobRow> {
  if (ids.length === 0) return new Map()
  return new Map(sql.all('jobsByIds', { ids }).map((job) => [job.id, jobRow(job)]))
}
