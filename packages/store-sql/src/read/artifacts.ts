/** Artifacts by digest, by path, and with everything that is known of them. */
import type { ArtifactLocation, ArtifactRecord, ArtifactRow, ArtifactUse, BytePath } from '@roar/core'
import { bytePath, pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { claimsOf, digestsOf } from './digests.ts'
import { jobsByIds, prefixEnd } from './job-rows.ts'

const mostMatches = 16

export function artifactsByDigest(sql: Sql, prefix: string, algorithm?: string): readonly ArtifactRow[] {
  if (prefix === '') return []
  const range = { from: prefix, to: prefixEnd(prefix) }
  const found =
    algorithm === undefined
      ? sql.all('artifactsByDigest', range)
      : sql.all('artifactsByDigestOf', { ...range, algorithm })
  const ids = found.map((row) => row.artifact_id)
  const tagged = algorithm === undefined ? artifactsByEtag(sql, prefix) : []
  return artifactRows(sql, [...new Set([...ids, ...tagged])].slice(0, mostMatches))
}

const artifactsByEtag = (sql: Sql, etag: string): readonly number[] =>
  sql.all('artifactsByEtag', { etag }).map((row) => row.artifact_id)

/** In the order of `ids`. */
export function artifactRows(sql: Sql, ids: readonly number[]): readonly ArtifactRow[] {
  if (ids.length === 0) return []
  const [digests, claims] = [digestsOf(sql, ids), claimsOf(sql, ids)]
  const rows = sql.all('artifacts', { ids })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const { kind, format, members, size } = row
    return [
      {
        id,
        kind,
        format,
        members,
        size,
        digests: digests.get(id) ?? {},
        claims: claims.get(id) ?? {},
        firstSeen: row.first_seen,
      },
    ]
  })
}

export function artifact(sql: Sql, id: number): ArtifactRecord | null {
  const [row] = artifactRows(sql, [id])
  if (!row) return null
  const uses = (role: 'input' | 'output') => usesOf(sql, sql.all('usesOfArtifact', { artifact: id, role }))
  const [producedBy, consumedBy] = [uses('output'), uses('input')]
  const locations = [...new Set([...producedBy, ...consumedBy].map((use) => use.path))]
  return { ...row, locations, remote: remoteLocations(sql, id), producedBy, consumedBy }
}

const remoteLocations = (sql: Sql, artifact: number): readonly ArtifactLocation[] =>
  sql.all('locationsOfArtifact', { artifact }).map((row) => ({
    url: row.url,
    endpoint: row.endpoint,
    versionId: row.version_id,
    etag: row.etag,
    job: row.uid,
    seenAt: row.seen_at,
  }))

export function artifactsAtPath(sql: Sql, path: BytePath): readonly ArtifactUse[] {
  const uses = sql.all('usesOfPath', pathText(path))
  return usesOf(sql, uses.length > 0 ? uses : sql.all('usesOfName', pathText(path)))
}

function usesOf(sql: Sql, rows: readonly Row<'usesOfPath'>[]): readonly ArtifactUse[] {
  const jobs = jobsByIds(sql, [...new Set(rows.map((row) => row.job_id))])
  const ids = [...new Set(rows.flatMap((row) => (row.artifact_id === null ? [] : [row.artifact_id])))]
  const artifacts = new Map(artifactRows(sql, ids).map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const job = jobs.get(row.job_id)
    const known = row.artifact_id === null ? null : (artifacts.get(row.artifact_id) ?? null)
    return job ? [{ artifact: known, job, role: row.role, path: bytePath(row) }] : []
  })
}
