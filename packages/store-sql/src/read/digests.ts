/** All digests of many artifacts in one query. */
import type { Claim, Digests } from '@roar/core'
import type { Sql } from '../sql.ts'

export function digestsOf(sql: Sql, artifacts: readonly (number | null)[]): ReadonlyMap<number, Digests> {
  const ids = [...new Set(artifacts)].filter((id) => id !== null)
  const found = new Map<number, Record<string, string>>()
  for (const { artifact_id, algorithm, value } of ids.length === 0 ? [] : sql.all('digestsOfArtifacts', { ids })) {
    const digests = found.get(artifact_id)
    if (digests) digests[algorithm] = value
    else found.set(artifact_id, { [algorithm]: value })
  }
  return found
}

/** Digests that nobody has verified: few, and found by an index of their own. */
export function claimsOf(sql: Sql, artifacts: readonly number[]): ReadonlyMap<number, Readonly<Record<string, Claim>>> {
  const found = new Map<number, Record<string, Claim>>()
  for (const { artifact_id, algorithm, claim } of sql.all('claimsOfArtifacts', { ids: artifacts }))
    found.set(artifact_id, { ...found.get(artifact_id), [algorithm]: claim })
  return found
}
