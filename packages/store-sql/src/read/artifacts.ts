/** Artifacts by digest, by path, and with everything that is known of them. */
import type { ArtifactLocation, ArtifactRecord, ArtifactRow, ArtifactUse, BytePath } from '@roar/core'
import { bytePath, pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { claimsOf, digestsOf } from './digests.ts'
import { jobsByIds, prefixEnd } from './job-rows.ts'

const mostMatches = 16
const mostUses = 1000

export function artifactsByDigest(sql: Sql, prefix: string, algorithm?: string): readonly ArtifactRow[] {
  if (prefix === '') return []
  let query = sql.build
    .selectFrom('digests')
    .select('artifact_id')
    .distinct()
    .where('value', '>=', prefix)
    .where('value', '<', prefixEnd(prefix))
  if (algorithm !== undefined) query = query.where('algorithm', '=', algorithm)
  const ids = sql.all(query.limit(mostMatches)).map((row) => row.artifact_id)
  const tagged = algorithm === undefined ? artifactsByEtag(sql, prefix) : []
  return artifactRows(sql, [...new Set([...ids, ...tagged])].slice(0, mostMatches))
}

function artifactsByEtag(sql: Sql, etag: string): readonly number[] {
  const query = sql.build.selectFrom('artifact_locations').select('artifact_id').distinct().where('etag', '=', etag)
  return sql.all(query.limit(mostMatches)).map((row) => row.artifact_id)
}

/** In the order of `ids`. */
export function artifactRows(sql: Sql, ids: readonly number[]): readonly ArtifactRow[] {
  if (ids.length === 0) return []
  const [digests, claims] = [digestsOf(sql, ids), claimsOf(sql, ids)]
  const rows = sql.all(sql.build.selectFrom('artifacts').selectAll().where('id', 'in', listed(ids)))
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
  const uses = (role: 'input' | 'output') =>
    usesOf(sql, edgesWithPaths(sql).where('artifact_id', '=', id).where('role', '=', role))
  const [producedBy, consumedBy] = [uses('output'), uses('input')]
  const locations = [...new Set([...producedBy, ...consumedBy].map((use) => use.path))]
  return { ...row, locations, remote: remoteLocations(sql, id), producedBy, consumedBy }
}

function remoteLocations(sql: Sql, artifact: number): readonly ArtifactLocation[] {
  const query = sql.build
    .selectFrom('artifact_locations')
    .innerJoin('jobs', 'jobs.id', 'artifact_locations.job_id')
    .select(['url', 'endpoint', 'version_id', 'etag', 'seen_at', 'uid'])
    .where('artifact_id', '=', artifact)
    .orderBy('seen_at', 'desc')
    .limit(mostUses)
  return sql.all(query).map((row) => ({
    url: row.url,
    endpoint: row.endpoint,
    versionId: row.version_id,
    etag: row.etag,
    job: row.uid,
    seenAt: row.seen_at,
  }))
}

export function artifactsAtPath(sql: Sql, path: BytePath): readonly ArtifactUse[] {
  const text = pathText(path)
  return usesOf(sql, edgesWithPaths(sql).where('path', '=', text.path).where('escaped', '=', text.escaped))
}

const edgesWithPaths = (sql: Sql) =>
  sql.build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .select(['job_id', 'role', 'artifact_id', 'path', 'escaped'])
    .orderBy('job_id', 'desc')
    .limit(mostUses)

function usesOf(sql: Sql, query: ReturnType<typeof edgesWithPaths>): readonly ArtifactUse[] {
  const rows = sql.all(query)
  const jobs = jobsByIds(sql, [...new Set(rows.map((row) => row.job_id))])
  const ids = [...new Set(rows.flatMap((row) => (row.artifact_id === null ? [] : [row.artifact_id])))]
  const artifacts = new Map(artifactRows(sql, ids).map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const job = jobs.get(row.job_id)
    const known = row.artifact_id === null ? null : (artifacts.get(row.artifact_id) ?? null)
    return job ? [{ artifact: known, job, role: row.role, path: bytePath(row) }] : []
  })
}
