/** Inserts rows by the hundred thousand: many in one statement, which saves most of a statement's fixed cost. */
import type { Tables } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'

type Table = keyof Tables & string

/** More gain nothing. */
const rowsAtOnce = 100

export class RowWriter<T extends Table> {
  readonly #sql: Sql
  readonly #insert: string
  readonly #places: string
  readonly #width: number
  #pending: unknown[] = []

  constructor(sql: Sql, table: T, columns: readonly (keyof Tables[T] & string)[]) {
    this.#sql = sql
    this.#insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `
    this.#places = `(${columns.map(() => '?').join(', ')})`
    this.#width = columns.length
  }

  /** In the order of the columns. Rows that others refer to must be flushed before those are. */
  add(...values: readonly unknown[]): void {
    for (const value of values) this.#pending.push(value)
    if (this.#pending.length < this.#width * rowsAtOnce) return
    this.#run(rowsAtOnce, this.#pending)
    this.#pending = []
  }

  flush(): void {
    const rest = this.#pending
    this.#pending = []
    for (let at = 0; at < rest.length; at += this.#width) this.#run(1, rest.slice(at, at + this.#width))
  }

  #run(rows: number, values: readonly unknown[]): void {
    this.#sql.statement(this.#insert + Array(rows).fill(this.#places).join(', ')).run(values)
  }
}
