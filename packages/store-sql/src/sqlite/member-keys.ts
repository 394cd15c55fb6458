/** `member_keys(data)` in SQL: of a page of members, the keys by which they are found, as a JSON list. */
import { memberKeys } from '@roar/core'
import type BetterSqlite3 from 'better-sqlite3'

export function addMemberKeys(database: BetterSqlite3.Database): void {
  const keys = (data: unknown): string => JSON.stringify(memberKeys(data as Uint8Array))
  database.function('member_keys', { deterministic: true }, keys)
}
