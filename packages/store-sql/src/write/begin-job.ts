/** The write-ahead row: everything that is known before the child starts. */
import { type JobHandle, type JobStart, type SessionRow, type StepRef, spelledBytes, stepKind } from '@roar/core'
import { randomHex } from '../random-hex.ts'
import { currentSession, openSession } from '../sessions.ts'
import type { Sql } from '../sql.ts'

export function beginJob(sql: Sql, start: JobStart): JobHandle {
  return sql.transaction(() => {
    const session = currentSession(sql) ?? openSession(sql, start.startedAt)
    const step = findStep(sql, session.id, start) ?? makeStep(sql, session.id, start)
    if (start.name !== null && step.name === null) sql.run('nameStep', { id: step.id, name: start.name })
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

/** No word of a command is a list: what stands behind its streams cannot be taken for one. */
const commandKey = ({ cwd, argv, streams = [] }: JobStart): string =>
  JSON.stringify([cwd, ...argv, ...(streams.length > 0 ? [streams] : [])])

/** The one asked for; else the one of that name; else the one with the same command, which may be given a name now. */
function findStep(sql: Sql, session: number, start: JobStart): Step | null {
  const { step: asked, name } = start
  const own = { session, kind: asked?.kind ?? stepKind(start.kind) }
  const command = commandKey(start)
  const found = asked
    ? sql.first('stepByNumber', { ...own, number: asked.number })
    : name === null
      ? sql.first('stepByCommand', { ...own, command })
      : (sql.first('stepByName', { ...own, name }) ?? sql.first('unnamedStep', { ...own, command }))
  return found ? { id: found.id, ref: { kind: found.kind, number: found.number }, name: found.name } : null
}

function makeStep(sql: Sql, session: number, start: JobStart): Step {
  const kind = start.step?.kind ?? stepKind(start.kind)
  const number = start.step?.number ?? (sql.first('newestStep', { session, kind })?.number ?? 0) + 1
  const row = { session_id: session, kind, number, name: start.name, command_key: commandKey(start) }
  return { id: sql.run('insertStep', row).id, ref: { kind, number }, name: start.name }
}

const nextExecution = (sql: Sql, step: number): number => (sql.first('newestExecution', { step })?.execution ?? 0) + 1

function freshUid(sql: Sql): string {
  for (;;) {
    const uid = randomHex(sql, 4)
    if (!sql.first('jobOfUid', { uid })) return uid
  }
}

function insertJob(sql: Sql, session: number, step: number, execution: number, start: JobStart) {
  const uid = freshUid(sql)
  const { id } = sql.run('insertJob', {
    uid,
    verb: start.kind === 'get' || start.kind === 'put' ? start.kind : null,
    session_id: session,
    step_id: step,
    execution,
    name: start.name,
    status: 'running',
    argv: JSON.stringify(start.argv),
    command: start.argv.map(spelledBytes).join(' '),
    cwd: start.cwd,
    started_at: start.startedAt,
    ...gitColumns(start),
    trace_log: start.traceLog,
    recorder_pid: start.recorderPid,
    recorder_start: start.recorderStart,
  })
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
    sql.run('insertDirtyFile', { job_id: id, ordinal, path, status })
  for (const { path, commit, dirty } of git?.submodules ?? [])
    sql.run('insertSubmodule', { job_id: id, path, commit_id: commit, dirty: flag(dirty) })
}

function insertTags(sql: Sql, id: number, tags: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(tags)) sql.run('insertTag', { job_id: id, name, value })
}
