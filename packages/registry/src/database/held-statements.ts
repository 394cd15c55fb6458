/**
 * Where Node is 24.19 or newer better-sqlite3 12 aborts the process when a statement is collected while no JavaScript runs (packages/store-sql/src/sqlite/
 * kept-statements.ts says why). There every statement of a connection is held, one for each text; a server makes ever new ones otherwise.
 */
import type Sqlite from 'better-sqlite3'

/** Of Node 24 (https://nodejs.org/en/about/previous-releases): its headers are those of whatever 24 it was built for. */
const firstThatAborts = 137

export const mustHold = Number(process.versions.modules) >= firstThatAborts

const connections: Sqlite.Database[] = []

/** `hold`: for the test. */
export function holdStatements(connection: Sqlite.Database, hold = mustHold): Sqlite.Database {
  if (!hold) return connection
  connections.push(connection)
  const prepare = connection.prepare.bind(connection)
  const pragmas = new Map<string, Sqlite.Statement>()
  const all: Sqlite.Statement[] = []
  const held = (sql: string): Sqlite.Statement => {
    const statement = prepare(sql)
    all.push(statement)
    return statement
  }
  // Its own pragma() makes one that nobody can hold.
  const pragma = (source: string): unknown => {
    const statement = pragmas.get(source) ?? held(`PRAGMA ${source}`)
    pragmas.set(source, statement)
    return statement.reader ? statement.all() : statement.run()
  }
  return Object.assign(connection, { prepare: held, pragma })
}
