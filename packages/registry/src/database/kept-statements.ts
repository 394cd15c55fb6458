/**
 * A SQLite connection as Kysely asks for one, once the tables are as they stay. A statement is prepared once for each text, not at each query, and its rows come as arrays that get their
 * names here: better-sqlite3 takes 4 µs for an object of eleven columns, and 1 µs for an array.
 */
import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { mustHold } from './held-statements.ts'

/** Of the texts used last: lists of parameters make ever new ones. */
const most = 256

export class KeptStatements implements SqliteDatabase {
  readonly #connection: Sqlite.Database
  readonly #kept = new Map<string, SqliteStatement>()

  constructor(connection: Sqlite.Database) {
    this.#connection = connection
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#kept.get(sql) ?? new NamingStatement(this.#connection, sql)
    this.#kept.delete(sql)
    this.#kept.set(sql, statement)
    // Held statements would be made again without the old ones having gone.
    for (const oldest of mustHold ? [] : this.#kept.keys()) {
      if (this.#kept.size <= most) break
      this.#kept.delete(oldest)
    }
    return statement
  }

  close(): void {
    this.#kept.clear()
    this.#connection.close()
  }
}

type Line = readonly unknown[]

class NamingStatement implements SqliteStatement {
  readonly reader: boolean
  readonly #statement: Sqlite.Statement<unknown[]>
  #names: readonly string[] | undefined

  constructor(connection: Sqlite.Database, sql: string) {
    this.#statement = connection.prepare<unknown[]>(sql)
    this.reader = this.#statement.reader
    if (this.reader) this.#statement.raw()
  }

  all(parameters: Line): unknown[] {
    return (this.#statement.all(parameters) as Line[]).map((line) => named(line, this.#columns()))
  }

  run(parameters: Line): Sqlite.RunResult {
    return this.#statement.run(parameters)
  }

  /** Kysely holds the connection until the last row: nobody else asks meanwhile. */
  *iterate(parameters: Line): Generator<object> {
    // An iterator is an object of the same kind, a new one for each query.
    const lines = mustHold ? this.#statement.all(parameters) : this.#statement.iterate(parameters)
    for (const line of lines) yield named(line as Line, this.#columns())
  }

  #columns(): readonly string[] {
    this.#names ??= this.#statement.columns().map((column) => column.name)
    return this.#names
  }
}

function named(line: Line, names: readonly string[]): object {
  const row: Record<string, unknown> = {}
  for (let at = 0; at < names.length; at++) row[names[at] as string] = line[at]
  return row
}
