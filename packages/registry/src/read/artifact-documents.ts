/** Artifacts as the API shows them, many at once. */
import type { ArtifactSummary } from '../api/index.ts'
import type { Reader } from '../database/database.ts'
import { digestText } from '../realm/digest.ts'
import { openDigest } from '../realm/sealed-digest.ts'
import { kinds, proofs } from '../write/artifact-rows.ts'
import { visibilities } from '../write/destination.ts'
import { chunks } from './chunks.ts'
import type { FoundArtifact } from './find.ts'

export const isoTime = (at: number): string => new Date(at).toISOString()
export const isoTimeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at))

export const tombstone = (row: { withdrawn_at: number | null; withdrawn_reason: string | null }) =>
  row.withdrawn_at === null ? null : { at: isoTime(row.withdrawn_at), reason: row.withdrawn_reason }

/** In the order of `found`. */
export async function artifactSummaries(
  db: Reader,
  found: readonly FoundArtifact[],
): Promise<readonly ArtifactSummary[]> {
  const claims = await claimsOf(db, found)
  return found.map(({ row }) => ({
    hash: row.algorithm && row.digest ? digestText({ algorithm: row.algorithm, bytes: row.digest }) : '',
    algorithm: row.algorithm ?? 'withdrawn',
    hashes: claims.get(row.id.toString('latin1')) ?? [],
    size: row.size,
    kind: kinds[row.kind] ?? 'file',
    format: row.format,
    members: row.members,
    visibility: visibilities[row.visibility] ?? 'private',
    first_registered_at: isoTime(row.first_at),
    withdrawn: tombstone(row),
  }))
}

type KnownDigests = ArtifactSummary['hashes']

async function claimsOf(db: Reader, found: readonly FoundArtifact[]): Promise<ReadonlyMap<string, KnownDigests>> {
  const realms = new Map(found.map(({ row, realm }) => [row.id.toString('latin1'), realm]))
  const byArtifact = new Map<string, KnownDigests>()
  for (const ids of chunks(
    found.map(({ row }) => row.id),
    1000,
  )) {
    const rows = await db
      .selectFrom('digests')
      .leftJoin('accounts', 'accounts.id', 'digests.registrar')
      .selectAll('digests')
      .select('accounts.name')
      .where('artifact', 'in', ids)
      .orderBy('at')
      .execute()
    for (const row of rows) {
      const id = row.artifact.toString('latin1')
      const realm = realms.get(id)
      if (!realm) continue
      const digest = openDigest(realm, row)
      const known = byArtifact.get(id) ?? []
      const text = digestText(digest)
      const claim = { by: row.name, at: isoTime(row.at), proof: proofs[row.proof] ?? 'asserted' }
      const same = known.find((one) => one.algorithm === digest.algorithm && one.digest === text)
      if (same) same.claims.push(claim)
      else known.push({ algorithm: digest.algorithm, digest: text, claims: [claim] })
      byArtifact.set(id, known)
    }
  }
  return byArtifact
}
