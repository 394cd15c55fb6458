/** Runs the queries that Kysely compiles, on one connection. Kysely writes the SQL and checks it against the tables; nothing of it runs. */
import type BetterSqlite3 from 'better-sqlite3'
import { type CompiledQuery, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Tables } from './schema/tables.ts'
import { explained } from './sqlite/store-errors.ts'

interface Compilable<O> {
  compile(): CompiledQuery<O>
}

type Row = Readonly<Record<string, unknown>>

export class Sql {
  readonly location: string
  readonly build: Kysely<Tables>
  readonly #database: BetterSqlite3.Database
  readonly #statements = new Map<string, BetterSqlite3.Statement<unknown[]>>()

  constructor(location: string, database: BetterSqlite3.Database) {
    this.location = location
    this.#database = database
    this.build = new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    })
  }

  all<O>(query: Compilable<O>): O[] {
    const { sql, parameters } = query.compile()
    return explained(this.location, () => this.statement(sql).all(...parameters)) as O[]
  }

  first<O>(query: Compilable<O>): O | undefined {
    const { sql, parameters } = query.compile()
    return explained(this.location, () => this.statement(sql).get(...parameters)) as O | undefined
  }

  /** Returns the id of the inserted row, and how many rows were changed. */
  run(query: Compilable<unknown>): { readonly id: number; readonly changes: number } {
    const { sql, parameters } = query.compile()
    const done = explained(this.location, () => this.statement(sql).run(...parameters))
    return { id: Number(done.lastInsertRowid), changes: done.changes }
  }

  /** For many rows: compiled once. `query` is given a row that holds a place instead of each value. */
  prepare<C extends string>(columns: readonly C[], query: (row: Record<C, never>) => Compilable<unknown>): Prepared<C> {
    const places = Object.fromEntries(columns.map((column) => [column, new Place(column)])) as unknown
    const { sql, parameters } = query(places as Record<C, never>).compile()
    const statement = this.statement(sql)
    const values = (row: Readonly<Record<C, unknown>>): unknown[] =>
      parameters.map((value) => (value instanceof Place ? row[value.column as C] : value))
    return {
      run: (row) => {
        const done = statement.run(...values(row))
        return { id: Number(done.lastInsertRowid), changes: done.changes }
      },
      get: (row) => statement.get(...values(row)) as Row | undefined,
    }
  }

  /** Rows as arrays: for reading very many. */
  lines(text: string, parameters: readonly unknown[]): readonly (readonly unknown[])[] {
    return explained(this.location, () => this.statement(text).raw().all(parameters)) as readonly unknown[][]
  }

  /** Takes the write lock at once: two writers never find out at the end that they cannot both go on. */
  transaction<T>(work: () => T): T {
    return explained(this.location, () => this.#database.transaction(work).immediate())
  }

  pragma(text: string): unknown {
    return explained(this.location, () => this.#database.pragma(text))
  }

  close(): void {
    this.#database.close()
  }

  statement(sql: string): BetterSqlite3.Statement<unknown[]> {
    let known = this.#statements.get(sql)
    if (known === undefined) {
      known = explained(this.location, () => this.#database.prepare<unknown[]>(sql))
      this.#statements.set(sql, known)
    }
    return known
  }
}

/** Stands in a query for the value of a column. */
class Place {
  readonly column: string
  constructor(column: string) {
    this.column = column
  }
}

export interface Prepared<C extends string> {
  run(row: Readonly<Record<C, unknown>>): { readonly id: number; readonly changes: number }
  get(row: Readonly<Record<C, unknown>>): Row | undefined
}
