/** The id that the next row of a table gets. Whoever asks holds the write lock, so nobody else takes it. */
import type { Sql } from '../sql.ts'

export function nextId(sql: Sql, table: 'paths' | 'artifacts'): number {
  const newest = sql.first(sql.build.selectFrom(table).select('id').orderBy('id', 'desc').limit(1))
  return (newest?.id ?? 0) + 1
}
