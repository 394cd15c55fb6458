/** All digests of many artifacts in one query. */
import type { Digests } from '@roar/core'
import type { SelectQueryBuilder } from 'kysely'
import type { Tables } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'

// biome-ignore lint/suspicious/noExplicitAny: the caller joins tables that the type of a query builder would have to name
type AnyQuery = SelectQueryBuilder<any, any, any>

/** `restrict` says of which artifacts. */
export function digestsOf(sql: Sql, restrict: (query: AnyQuery) => AnyQuery): ReadonlyMap<number, Digests> {
  const query = sql.build
    .selectFrom('digests')
    .select(['digests.artifact_id as id', 'digests.algorithm', 'digests.value'])
    .orderBy('digests.algorithm')
  const found = new Map<number, Record<string, string>>()
  for (const { id, algorithm, value } of sql.all(
    restrict(query as unknown as SelectQueryBuilder<Tables, 'digests', object>),
  ) as DigestRow[]) {
    const digests = found.get(id)
    if (digests) digests[algorithm] = value
    else found.set(id, { [algorithm]: value })
  }
  return found
}

interface DigestRow {
  readonly id: number
  readonly algorithm: string
  readonly value: string
}
