/** Runs queries on one connection: those of queries/, by name, and now and then one that Kysely writes on the spot. */
import type BetterSqlite3 from 'better-sqlite3'
import type { CompiledQuery } from 'kysely'
import { statements } from './generated/statements.ts'
import { explained } from './sqlite/store-errors.ts'
import { bringToDisk, logSize } from './sqlite/write-ahead-log.ts'
import { type Given, type Name, type Row, valuesOf } from './statements/statement.ts'

type Values = Readonly<Record<string, unknown>> | undefined

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
  #onItsWay: Promise<void> | null = null
  readonly #statements = new Map<string, BetterSqlite3.Statement<unknown[]>>()

  constructor(location: string, database: BetterSqlite3.Database) {
    this.location = location
    this.#database = database
  }

  all<N extends Name>(name: N, ...[given]: Given<N>): Row<N>[] {
    const known = statements[name]
    return this.#explained(() => this.statement(known.sql).all(...valuesOf(known, given as Values))) as Row<N>[]
  }

  first<N extends Name>(name: N, ...[given]: Given<N>): Row<N> | undefined {
    const known = statements[name]
    return this.#explained(() => this.statement(known.sql).get(...valuesOf(known, given as Values))) as
      | Row<N>
      | undefined
  }

  run<N extends Name>(name: N, ...[given]: Given<N>): Done {
    const known = statements[name]
    const done = this.#explained(() => this.statement(known.sql).run(...valuesOf(known, given as Values)))
    return { id: Number(done.lastInsertRowid), changes: done.changes }
  }

  /** What was written for this one time. */
  found<O>({ sql, parameters }: CompiledQuery<O>): O[] {
    return this.#explained(() => this.statement(sql).all(...parameters)) as O[]
  }

  /** Rows as arrays: for reading very many. */
  lines(text: string, parameters: readonly unknown[] = []): readonly (readonly unknown[])[] {
    return this.#explained(() => this.statement(text).raw().all(parameters)) as readonly unknown[][]
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
      this.#onItsWay = bringToDisk(this.location)
    }
  }

  /** A log that is small is left beside the database: to bring it in and to remove it takes three waits for the disk, and the next one reads it in no time. */
  async close(atEnd: boolean): Promise<void> {
    await this.#onItsWay
    if (!atEnd || logSize(this.location) > smallLog) this.#database.close()
  }

  statement(sql: string): BetterSqlite3.Statement<unknown[]> {
    let known = this.#statements.get(sql)
    if (known === undefined) {
      known = this.#explained(() => this.#database.prepare<unknown[]>(sql))
      this.#statements.set(sql, known)
    }
    return known
  }

  #explained<T>(work: () => T): T {
    return explained(this.location, work)
  }
}
