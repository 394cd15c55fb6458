/** `roar.artifact/1`: one content, where it lies, who made it and who used it. `roar.find/1`: those that a digest may mean. */
import { toText } from '../byte-path.ts'
import type { Claim, Digests } from '../model.ts'
import type { Receipt } from '../receipt.ts'
import type { ArtifactRecord, ArtifactRow, ArtifactUse } from '../store.ts'
import { instant } from './instant.ts'
import { type PathFields, pathFields } from './path-fields.ts'
import type { OutputState } from './status-document.ts'
import { stepName } from './step-name.ts'

export type ArtifactDocument = ReturnType<typeof artifactDocument>
export type ArtifactBody = ArtifactDocument['artifact']
export type UseBody = ReturnType<typeof useBody>
export type FindDocument = ReturnType<typeof findDocument>

/** The path that was asked for, and whether it still holds what was recorded there; null: only what lies there could tell, and it was not asked. */
export interface AskedPath extends PathFields {
  readonly on_disk: OutputState | null
}

export const artifactDocument = (
  record: ArtifactRecord,
  receipts: readonly Receipt[] = [],
  asked: AskedPath | null = null,
) => ({
  schema: 'roar.artifact/1' as const,
  artifact: {
    ...artifactHead(record),
    locations: locationsOf(record),
    produced_by: record.producedBy.map(useBody),
    consumed_by: record.consumedBy.map(useBody),
    labels: {},
    reproductions: receipts.map((receipt) => reproductionBody(receipt, record.digests)),
    asked,
  },
})

/** How it went when somebody made this content again. */
const reproductionBody = (receipt: Receipt, digests: Digests) => ({
  receipt: receipt.id,
  at: instant(receipt.madeAt),
  by: { user: receipt.user, hostname: receipt.hostname, os: receipt.os },
  verdict: receipt.outputs.find((one) => isExpected(one.expected, digests))?.verdict ?? receipt.verdict,
  difference: receipt.outputs.find((one) => isExpected(one.expected, digests))?.difference ?? null,
})

const isExpected = (expected: Digests, digests: Digests): boolean =>
  Object.entries(expected).some(([algorithm, hex]) => digests[algorithm] === hex)

/** Paths, and URLs with what is known of the object there. */
const locationsOf = ({ locations, remote }: ArtifactRecord) =>
  locations.map((path) => {
    const seen = remote.find(({ url }) => url === toText(path))
    if (!seen) return pathFields(path)
    const { endpoint, versionId, etag, seenAt } = seen
    return { ...pathFields(path), endpoint, version_id: versionId, etag, seen_at: instant(seenAt) }
  })

/** A path of which roar knows uses but never a digest: its bytes could not be hashed. */
export function undigestedDocument(uses: readonly ArtifactUse[], asked: AskedPath | null = null): ArtifactDocument {
  const paths = [...new Set(uses.map((use) => use.path))]
  const record = {
    id: 0,
    kind: 'file' as const,
    format: null,
    members: null,
    size: null,
    digests: {},
    claims: {},
    firstSeen: Math.min(...uses.map((use) => use.job.startedAt)),
    locations: paths,
    remote: [],
    producedBy: uses.filter((use) => use.role === 'output'),
    consumedBy: uses.filter((use) => use.role === 'input'),
  }
  return artifactDocument(record, [], asked)
}

/** A member that has the digest; `of`: the composite's own. */
export interface MemberBody extends PathFields {
  readonly of: string
  readonly size: number
  readonly digests: Digests
}

export const findDocument = (
  query: string,
  artifacts: readonly ArtifactRecord[],
  members: readonly MemberBody[] = [],
) => ({
  schema: 'roar.find/1' as const,
  query,
  matches: artifacts.map((one) => artifactDocument(one).artifact),
  members,
})

export const artifactHead = (row: ArtifactRow) => ({
  digests: row.digests,
  claims: claimsOfAll(row),
  size: row.size,
  kind: row.kind,
  format: row.format,
  members: row.members,
  first_seen: instant(row.firstSeen),
})

/** For every digest who says so. */
const claimsOfAll = ({ digests, claims }: ArtifactRow): Readonly<Record<string, Claim>> =>
  Object.fromEntries(Object.keys(digests).map((algorithm) => [algorithm, claims[algorithm] ?? 'verified']))

const useBody = (use: ArtifactUse) => ({
  ...pathFields(use.path),
  role: use.role,
  job: use.job.uid,
  step: stepName(use.job.step),
  execution: use.job.execution,
  session: use.job.sessionHash,
  argv: use.job.argv,
  at: instant(use.job.endedAt ?? use.job.startedAt),
})
