/** What queries are given: single values, rows, and lists as one parameter. */
import { type RawBuilder, sql } from 'kysely'

/**
 * A list as one parameter, for `where(column, 'in', listed(values))`: the same statement serves any length, and no bound on the number of parameters is
 * met. PostgreSQL: `= ANY ($1)`.
 */
export const listed = <T extends string | number>(values: readonly T[]): RawBuilder<T> =>
  sql<T>`(SELECT value FROM json_each(${values}))`

/** The columns by name: a query is written down before there is a row. */
export const row = <T, K extends keyof T>(given: T, columns: readonly K[]): { [C in K]: T[C] } =>
  Object.fromEntries(columns.map((column) => [column, given[column]])) as { [C in K]: T[C] }
