/** Inserts rows by the hundred thousand: many in one statement, which saves most of a statement's fixed cost. */
import type { Tables } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'

type Table = keyof Tables & string

type Column<T extends Table> = keyof Tables[T] & string

/** Numbers and words of our own: never a user's text. */
type Same<T extends Table> = { readonly [C in Column<T>]?: number | 'input' | 'output' | 'none' | 'file' | null }

const literal = (value: number | string | null): string => (typeof value === 'string' ? `'${value}'` : String(value))

/** More gain nothing. */
const rowsAtOnce = 100

export class RowWriter<T extends Table> {
  readonly #sql: Sql
  readonly #insert: string
  readonly #places: string
  readonly #width: number
  readonly #waits: boolean
  #pending: unknown[] = []

  /**
   * `same` stands in every row: part of the statement, it is not bound a hundred thousand times. `waits`: nothing is written before `flush`, for rows that refer to
   * those of another writer, which has to be flushed first.
   */
  constructor(sql: Sql, table: T, columns: readonly Column<T>[], same: Same<T> = {}, { waits = false } = {}) {
    this.#sql = sql
    this.#waits = waits
    const fixed = Object.keys(same) as Column<T>[]
    const values = [...fixed.map((column) => literal(same[column] ?? null)), ...columns.map(() => '?')]
    this.#insert = `INSERT INTO ${table} (${[...fixed, ...columns].join(', ')}) VALUES `
    this.#places = `(${values.join(', ')})`
    this.#width = columns.length
  }

  /** In the order of the columns. */
  add(...values: readonly unknown[]): void {
    for (const value of values) this.#pending.push(value)
    if (this.#waits || this.#pending.length < this.#width * rowsAtOnce) return
    this.#run(rowsAtOnce, this.#pending)
    this.#pending = []
  }

  flush(): void {
    const rest = this.#pending
    this.#pending = []
    let at = 0
    for (const rows of [rowsAtOnce, 1])
      for (const values = this.#width * rows; at + values <= rest.length; at += values)
        this.#run(rows, rest.slice(at, at + values))
  }

  #run(rows: number, values: readonly unknown[]): void {
    this.#sql.statement(this.#insert + Array(rows).fill(this.#places).join(', ')).run(values)
  }
}
