/** How far each publication came, and what it became. */
import type { RegistrationRow } from '@roar/core'
import type { Sql } from './sql.ts'
import type { Row } from './statements/statement.ts'

export function registration(sql: Sql, publication: string, registry: string): RegistrationRow | null {
  const found = sql.first('registration', { publication, registry })
  return found ? registrationRow(found) : null
}

export function putRegistration(sql: Sql, row: RegistrationRow): void {
  const { startedAt, finishedAt, sessionHash, sessionUrl, publication, registry, ...state } = row
  const values = {
    ...state,
    started_at: startedAt,
    finished_at: finishedAt,
    session_hash: sessionHash,
    session_url: sessionUrl,
  }
  sql.run('putRegistration', { publication, registry, ...values })
}

/** Newest first. */
export const registrations = (sql: Sql): readonly RegistrationRow[] => sql.all('registrations').map(registrationRow)

const registrationRow = ({
  started_at,
  finished_at,
  session_hash,
  session_url,
  ...row
}: Row<'registration'>): RegistrationRow => ({
  ...row,
  startedAt: started_at,
  finishedAt: finished_at,
  sessionHash: session_hash,
  sessionUrl: session_url,
})
