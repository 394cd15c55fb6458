/** A list as one parameter: the same statement serves any length, and no bound on the number of parameters is met. PostgreSQL: `= ANY ($1)`. */
import { type RawBuilder, sql } from 'kysely'

/** For `where(column, 'in', listed(values))`. */
export const listed = <T extends string | number>(values: readonly T[]): RawBuilder<T> =>
  sql<T>`(SELECT value FROM json_each(${JSON.stringify(values)}))`
