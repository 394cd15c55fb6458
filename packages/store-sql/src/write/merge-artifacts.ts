/** Two artifacts that were known by different algorithms turn out to be one. */
import type { Sql } from '../sql.ts'

export function mergeArtifacts(sql: Sql, from: number, into: number): void {
  const seen = sql.first('firstSeen', { artifact: from })
  const both = { from, into }
  sql.run('mergeEdges', both)
  sql.run('mergeAnnotations', both)
  sql.run('deleteSharedDigests', both)
  sql.run('mergeDigests', both)
  // No job names both: within one, contents that share a digest are one already.
  sql.run('mergeLocations', both)
  if (!sql.first('anyPage', { artifact: into })) sql.run('mergePages', both)
  sql.run('deleteArtifact', { artifact: from })
  if (seen) sql.run('setFirstSeen', { artifact: into, at: seen.first_seen })
}
