/** Runs queries on one connection: those of queries/, by name, and now and then one that Kysely writes on the spot. */
import type BetterSqlite3 from 'better-sqlite3'
import type { CompiledQuery } from 'kysely'
import { statements } from './generated/statements.ts'
import { explained } from './sqlite/store-errors.ts'
import { bringToDisk, logSize } from './sqlite/write-ahead-log.ts'
import { Prepared } from './statements/prepared.ts'
import { type Given, type Name, type Row, valuesOf } from './statements/statement.ts'

interface Done {
  /** Of the inserted row. */
  readonly id: number
  /** How many rows were changed. */
  readonly changes: number
}

/** Of half that size, which it has on an average, SQLite checks the sums in 0.3 ms when it opens the database. */
const smallLog = 1 << 20

export class Sql {
  readonly location: string
  readonly #database: BetterSqlite3.Database
  #onItsWay: Promise<void> = Promise.resolve()
  readonly #statements = new Map<string, Prepared>()

  constructor(location: string, database: BetterSqlite3.Database) {
    this.location = location
    this.#database = database
  }

  all<N extends Name>(name: N, ...given: Given<N>): Row<N>[] {
    return this.#bound(name, given, (statement, values) => statement.all(values)) as Row<N>[]
  }

  /** As `all`, for very many rows: `work` asks nothing of the database. */
  each<N extends Name>(name: N, given: Given<N>[0], work: (row: Row<N>) => void): void {
    this.#bound(name, [given], (statement, values) => statement.each(values, work as (row: object) => void))
  }

  first<N extends Name>(name: N, ...given: Given<N>): Row<N> | undefined {
    return this.#bound(name, given, (statement, values) => statement.first(values)) as Row<N> | undefined
  }

  run<N extends Name>(name: N, ...given: Given<N>): Done {
    const done = this.#bound(name, given, (statement, values) => statement.run(values))
    return { id: Number(done.lastInsertRowid), changes: done.changes }
  }

  /** What was written for this one time. */
  found<O>({ sql, parameters }: CompiledQuery<O>): O[] {
    return this.#explained(() => this.statement(sql).all(parameters)) as O[]
  }

  /** Rows as arrays: for reading very many. */
  lines(text: string, parameters: readonly unknown[] = []): readonly (readonly unknown[])[] {
    return this.#explained(() => this.statement(text).lines(parameters))
  }

  /** Takes the write lock at once: two writers never find out at the end that they cannot both go on. */
  transaction<T>(work: () => T): T {
    return this.#explained(() => this.#database.transaction(work).immediate())
  }

  pragma(text: string): unknown {
    return this.#explained(() => this.#database.pragma(text))
  }

  /**
   * A commit that leaves the database whole whatever happens, and is on the disk some milliseconds later: for what is done before a command starts, whose own
   * files are on no disk by then either.
   */
  withoutWaiting<T>(work: () => T): T {
    this.pragma('synchronous = NORMAL')
    try {
      return work()
    } finally {
      this.pragma('synchronous = FULL')
      const before = this.#onItsWay
      this.#onItsWay = bringToDisk(this.location).then(() => before)
    }
  }

  /** A log that is small is left beside the database: to bring it in and to remove it takes three waits for the disk, and the next one reads it in no time. */
  async close(atEnd: boolean): Promise<void> {
    await this.#onItsWay
    if (!atEnd || logSize(this.location) > smallLog) this.#database.close()
  }

  statement(sql: string): Prepared {
    let known = this.#statements.get(sql)
    if (known === undefined) {
      known = this.#explained(() => new Prepared(this.#database, sql))
      this.#statements.set(sql, known)
    }
    return known
  }

  #bound<T>(name: Name, [given]: readonly unknown[], work: (statement: Prepared, values: readonly unknown[]) => T): T {
    const known = statements[name]
    return this.#explained(() => work(this.statement(known.sql), valuesOf(known, given as object | undefined)))
  }

  #explained<T>(work: () => T): T {
    return explained(this.location, work)
  }
}
