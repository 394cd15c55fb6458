/** What was learned beside the edges: where contents lie under a URL, and digests that somebody only asserts. */
import type { Claim, Digests, Edge } from '@roar/core'
import type { Sql } from '../sql.ts'

/** Digests by which a content is told from others: a mere assertion joins nothing, unless there is nothing else. */
export function identifying(edge: Pick<Edge, 'digests' | 'claims'>): Digests {
  const { digests, claims } = edge
  if (claims === undefined) return digests
  const sure = Object.entries(digests).filter(([algorithm]) => claimOf(edge, algorithm) !== 'asserted')
  return sure.length === 0 ? digests : Object.fromEntries(sure)
}

const claimOf = ({ claims }: Pick<Edge, 'claims'>, algorithm: string): Claim => claims?.[algorithm] ?? 'verified'

/** Within the job's transaction, when the artifacts are there. */
export function writeRemote(
  sql: Sql,
  job: number,
  at: number,
  edges: readonly Edge[],
  artifacts: readonly (number | null)[],
): void {
  const places = edges.flatMap((edge, i) => {
    const artifact = artifacts[i] ?? null
    return artifact === null ? [] : [{ edge, artifact }]
  })
  for (const { edge, artifact } of places) if (edge.remote) writeLocation(sql, job, at, artifact, edge)
  for (const { edge, artifact } of places) if (edge.claims) writeClaims(sql, artifact, edge)
  confirm(sql, places)
}

function writeLocation(sql: Sql, job: number, at: number, artifact: number, { remote }: Edge): void {
  if (!remote) return
  const { url, endpoint, versionId, etag } = remote
  sql.run('insertLocation', {
    ...{ artifact_id: artifact, job_id: job, seen_at: at },
    ...{ url, endpoint, version_id: versionId, etag },
  })
}

/** An assertion neither replaces nor contradicts what is known of the algorithm. */
function writeClaims(sql: Sql, artifact: number, edge: Edge): void {
  for (const [algorithm, value] of Object.entries(edge.digests)) {
    const claim = claimOf(edge, algorithm)
    if (claim === 'verified') continue
    if (sql.first('digestOfArtifact', { artifact, algorithm }) === undefined)
      sql.run('insertDigest', { value, algorithm, artifact_id: artifact, claim })
  }
}

/** What was asserted before, and computed from the bytes now, is verified. */
function confirm(sql: Sql, places: readonly { readonly edge: Edge; readonly artifact: number }[]): void {
  if (!sql.first('anyUnverified')) return
  for (const { edge, artifact } of places)
    for (const [algorithm, value] of Object.entries(edge.digests))
      if (claimOf(edge, algorithm) === 'verified') sql.run('verifyDigest', { artifact, algorithm, value })
}
