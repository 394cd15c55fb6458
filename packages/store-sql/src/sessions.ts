/** Sessions: one is current. */
import type { SessionRow } from '@roar/core'
import { randomHex } from './random-hex.ts'
import type { Sql } from './sql.ts'
import type { Row } from './statements/statement.ts'

const sessionRow = (found: Row<'currentSession'>): SessionRow => ({
  id: found.id,
  hash: found.hash,
  startedAt: found.started_at,
  current: found.current === 1,
  jobs: found.jobs ?? 0,
})

export function currentSession(sql: Sql): SessionRow | null {
  const found = sql.first('currentSession')
  return found ? sessionRow(found) : null
}

/** Newest first. */
export const allSessions = (sql: Sql): readonly SessionRow[] => sql.all('allSessions').map(sessionRow)

/** Within a transaction. */
export function openSession(sql: Sql, startedAt: number): SessionRow {
  const hash = randomHex(sql, 16)
  sql.run('endSessions')
  const { id } = sql.run('insertSession', { hash, started_at: startedAt })
  return { id, hash, startedAt, current: true, jobs: 0 }
}
