/** Sessions: one is current. */
import { randomBytes } from 'node:crypto'
import type { SessionRow } from '@roar/core'
import type { Sql } from './sql.ts'

const rows = (sql: Sql) =>
  sql.build.selectFrom('sessions').select((eb) => [
    'sessions.id',
    'hash',
    'sessions.started_at',
    'current',
    eb
      .selectFrom('jobs')
      .select((jobs) => jobs.fn.countAll<number>().as('n'))
      .whereRef('jobs.session_id', '=', 'sessions.id')
      .as('jobs'),
  ])

interface Found {
  readonly id: number
  readonly hash: string
  readonly started_at: number
  readonly current: number
  readonly jobs: number | null
}

const sessionRow = (found: Found): SessionRow => ({
  id: found.id,
  hash: found.hash,
  startedAt: found.started_at,
  current: found.current === 1,
  jobs: found.jobs ?? 0,
})

export function currentSession(sql: Sql): SessionRow | null {
  const found = sql.first(rows(sql).where('current', '=', 1).orderBy('sessions.id', 'desc').limit(1))
  return found ? sessionRow(found) : null
}

/** Newest first. */
export const allSessions = (sql: Sql): readonly SessionRow[] =>
  sql.all(rows(sql).orderBy('sessions.id', 'desc')).map(sessionRow)

/** Within a transaction. */
export function openSession(sql: Sql, startedAt: number): SessionRow {
  const hash = randomBytes(16).toString('hex')
  sql.run(sql.build.updateTable('sessions').set({ current: 0 }).where('current', '=', 1))
  const { id } = sql.run(sql.build.insertInto('sessions').values({ hash, started_at: startedAt, current: 1 }))
  return { id, hash, startedAt, current: true, jobs: 0 }
}
