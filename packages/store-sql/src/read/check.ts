/** Is the database whole? One line for each fault. */
import type { Sql } from '../sql.ts'

const tables = ['sessions', 'steps', 'jobs', 'artifacts', 'digests', 'edges', 'paths', 'packages'] as const

export const statistics = (sql: Sql): Readonly<Record<string, number>> =>
  Object.fromEntries(
    tables.map((table) => [
      table,
      sql.first(sql.build.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')))?.n ?? 0,
    ]),
  )

export function check(sql: Sql): readonly string[] {
  const structure = sql.pragma('integrity_check') as readonly { readonly integrity_check: string }[]
  const references = sql.pragma('foreign_key_check') as readonly { readonly table: string; readonly parent: string }[]
  return [
    ...structure.map((one) => one.integrity_check).filter((line) => line !== 'ok'),
    ...references.map((one) => `a row of ${one.table} refers to one of ${one.parent} that is not there`),
  ]
}
