/**
 * Lets no statement go while the process lives. better-sqlite3 12, built where Node is 24.19 or newer, aborts the process when one is collected while no
 * JavaScript runs: its class takes a hook out of an environment that nobody has entered then. (13 is mended, and needs Node 22.) A closed database has
 * finalised its statements: what is kept of them is small.
 */
import type BetterSqlite3 from 'better-sqlite3'

const kept: unknown[] = []

export function keepStatements(database: BetterSqlite3.Database): BetterSqlite3.Database {
  const prepare = database.prepare.bind(database)
  kept.push(database)
  const keeping = (sql: string): BetterSqlite3.Statement => {
    const statement = prepare(sql)
    kept.push(statement)
    return statement
  }
  // Its own pragma() makes a statement that nobody can keep.
  const pragma = (source: string, { simple = false }: BetterSqlite3.PragmaOptions = {}): unknown => {
    const statement = keeping(`PRAGMA ${source}`)
    if (!statement.reader) return statement.run()
    return simple ? statement.pluck().get() : statement.all()
  }
  return Object.assign(database, { prepare: keeping, pragma })
}
