/** All digests of many artifacts in one query. */
import type { Claim, Digests } from '@roar/core'
import { sql as raw } from 'kysely'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'

export function digestsOf(sql: Sql, artifacts: readonly (number | null)[]): ReadonlyMap<number, Digests> {
  const ids = [...new Set(artifacts)].filter((id) => id !== null)
  const query = sql.build
    .selectFrom('digests')
    .select(['artifact_id', 'algorithm', 'value'])
    .where('artifact_id', 'in', listed(ids))
  const found = new Map<number, Record<string, string>>()
  for (const { artifact_id, algorithm, value } of ids.length === 0 ? [] : sql.all(query)) {
    const digests = found.get(artifact_id)
    if (digests) digests[algorithm] = value
    else found.set(artifact_id, { [algorithm]: value })
  }
  return found
}

/** Written out: the index of these rows serves no parameter. */
export const isUnverified = raw<boolean>`claim <> 'verified'`

/** Digests that nobody has verified: few, and found by an index of their own. */
export function claimsOf(sql: Sql, artifacts: readonly number[]): ReadonlyMap<number, Readonly<Record<string, Claim>>> {
  const query = sql.build
    .selectFrom('digests')
    .select(['artifact_id', 'algorithm', 'claim'])
    .where(isUnverified)
    .where('artifact_id', 'in', listed(artifacts))
  const found = new Map<number, Record<string, Claim>>()
  for (const { artifact_id, algorithm, claim } of sql.all(query))
    found.set(artifact_id, { ...found.get(artifact_id), [algorithm]: claim })
  return found
}
