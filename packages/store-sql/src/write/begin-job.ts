/** The write-ahead row: everything that is known before the child starts. */
import { randomBytes } from 'node:crypto'
import { type JobHandle, type JobStart, type SessionRow, type StepRef, stepKind } from '@roar/core'
import { currentSession, openSession } from '../sessions.ts'
import type { Sql } from '../sql.ts'

export function beginJob(sql: Sql, start: JobStart): JobHandle {
  return sql.transaction(() => {
    const session = currentSession(sql) ?? openSession(sql, start.startedAt)
    const step = findStep(sql, session.id, start) ?? makeStep(sql, session.id, start)
    if (start.name !== null && step.name === null) nameStep(sql, step.id, start.name)
    const execution = nextExecution(sql, step.id)
    const { id, uid } = insertJob(sql, session.id, step.id, execution, start)
    insertGitLists(sql, id, start)
    insertTags(sql, id, start.tags)
    return { id, uid, session: withOneMore(session), step: step.ref, execution }
  })
}

const withOneMore = (session: SessionRow): SessionRow => ({ ...session, jobs: session.jobs + 1 })

interface Step {
  readonly id: number
  readonly ref: StepRef
  readonly name: string | null
}

const commandKey = ({ cwd, argv }: JobStart): string => JSON.stringify([cwd, ...argv])

/** The one asked for; else the one of that name; else the one with the same command. */
function findStep(sql: Sql, session: number, start: JobStart): Step | null {
  const steps = sql.build.selectFrom('steps').select(['id', 'kind', 'number', 'name']).where('session_id', '=', session)
  const asked = start.step
  const query = asked
    ? steps.where('kind', '=', asked.kind).where('number', '=', asked.number)
    : start.name !== null
      ? steps.where('kind', '=', stepKind(start.kind)).where('name', '=', start.name)
      : steps.where('kind', '=', stepKind(start.kind)).where('command_key', '=', commandKey(start))
  const found = sql.first(query.orderBy('number', 'desc').limit(1)) ?? unnamedStep(sql, session, start)
  return found ? { id: found.id, ref: { kind: found.kind, number: found.number }, name: found.name } : null
}

/** A command that was recorded without a name may be given one later. */
function unnamedStep(sql: Sql, session: number, start: JobStart) {
  if (start.name === null || start.step !== null) return undefined
  return sql.first(
    sql.build
      .selectFrom('steps')
      .select(['id', 'kind', 'number', 'name'])
      .where('session_id', '=', session)
      .where('kind', '=', stepKind(start.kind))
      .where('command_key', '=', commandKey(start))
      .where('name', 'is', null)
      .limit(1),
  )
}

function makeStep(sql: Sql, session: number, start: JobStart): Step {
  const kind = start.step?.kind ?? stepKind(start.kind)
  const last = sql.first(
    sql.build
      .selectFrom('steps')
      .select('number')
      .where('session_id', '=', session)
      .where('kind', '=', kind)
      .orderBy('number', 'desc')
      .limit(1),
  )
  const number = start.step?.number ?? (last?.number ?? 0) + 1
  const row = { session_id: session, kind, number, name: start.name, command_key: commandKey(start) }
  const { id } = sql.run(sql.build.insertInto('steps').values(row))
  return { id, ref: { kind, number }, name: start.name }
}

function nameStep(sql: Sql, id: number, name: string): void {
  sql.run(sql.build.updateTable('steps').set({ name }).where('id', '=', id))
}

function nextExecution(sql: Sql, step: number): number {
  const jobs = sql.build.selectFrom('jobs').select('execution').where('step_id', '=', step)
  return (sql.first(jobs.orderBy('execution', 'desc').limit(1))?.execution ?? 0) + 1
}

function freshUid(sql: Sql): string {
  for (;;) {
    const uid = randomBytes(4).toString('hex')
    if (!sql.first(sql.build.selectFrom('jobs').select('id').where('uid', '=', uid))) return uid
  }
}

function insertJob(sql: Sql, session: number, step: number, execution: number, start: JobStart) {
  const uid = freshUid(sql)
  const { id } = sql.run(
    sql.build.insertInto('jobs').values({
      uid,
      verb: start.kind === 'get' || start.kind === 'put' ? start.kind : null,
      session_id: session,
      step_id: step,
      execution,
      name: start.name,
      status: 'running',
      argv: JSON.stringify(start.argv),
      command: start.argv.join(' '),
      cwd: start.cwd,
      started_at: start.startedAt,
      ...gitColumns(start),
      trace_log: start.traceLog,
      recorder_pid: start.recorderPid,
      recorder_start: start.recorderStart,
      lost: 0,
      complete: 0,
      inputs: 0,
      outputs: 0,
    }),
  )
  return { id, uid }
}

const flag = (value: boolean | undefined): 0 | 1 => (value ? 1 : 0)

const gitColumns = ({ git }: JobStart) => ({
  in_git: flag(git !== null),
  git_root: git?.root ?? null,
  repository: git?.repository ?? null,
  branch: git?.branch ?? null,
  commit_id: git?.commit ?? null,
  dirty: flag(git?.dirty),
  detached: flag(git?.detached),
  shallow: flag(git?.shallow),
  sparse: flag(git?.sparse),
  linked_worktree: flag(git?.linkedWorktree),
})

function insertGitLists(sql: Sql, id: number, { git }: JobStart): void {
  for (const [ordinal, { path, status }] of (git?.dirtyFiles ?? []).entries())
    sql.run(sql.build.insertInto('job_dirty_files').values({ job_id: id, ordinal, path, status }))
  for (const { path, commit, dirty } of git?.submodules ?? [])
    sql.run(sql.build.insertInto('job_submodules').values({ job_id: id, path, commit_id: commit, dirty: flag(dirty) }))
}

function insertTags(sql: Sql, id: number, tags: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(tags))
    sql.run(sql.build.insertInto('job_tags').values({ job_id: id, name, value }))
}
