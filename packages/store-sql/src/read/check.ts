/** Is the database whole? One line for each fault. */
import { isRoarError } from '@roar/core'
import type { Sql } from '../sql.ts'

const tables = [
  'sessions',
  'steps',
  'jobs',
  'artifacts',
  'digests',
  'edges',
  'paths',
  'packages',
  'manifest_pages',
] as const

export const statistics = (sql: Sql): Readonly<Record<string, number>> =>
  Object.fromEntries(tables.map((table) => [table, Number(sql.lines(`SELECT count(*) FROM ${table}`)[0]?.[0])]))

export function check(sql: Sql): readonly string[] {
  return [...faults(() => structure(sql)), ...faults(() => references(sql))]
}

/** A database can be damaged so badly that it cannot even be checked. */
function faults(look: () => readonly string[]): readonly string[] {
  try {
    return look()
  } catch (error) {
    if (isRoarError(error) && error.code === 'ROAR_STORE_CORRUPT') return [`${error.message}: ${error.why}`]
    throw error
  }
}

function structure(sql: Sql): readonly string[] {
  const lines = sql.pragma('integrity_check') as readonly { readonly integrity_check: string }[]
  return lines.map((one) => one.integrity_check).filter((line) => line !== 'ok')
}

function references(sql: Sql): readonly string[] {
  const rows = sql.pragma('foreign_key_check') as readonly { readonly table: string; readonly parent: string }[]
  return rows.map((one) => `a row of ${one.table} refers to one of ${one.parent} that is not there`)
}
