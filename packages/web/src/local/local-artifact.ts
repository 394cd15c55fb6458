/** A content of the workspace as its page reads it. */
import {
  type ArtifactRecord,
  type ArtifactRow,
  type ArtifactUse,
  artifactDocument,
  display,
  instant,
  type Member,
  type Receipt,
  type ReceiptVerdict,
} from '@roar/core'
import type { ArtifactLine, ArtifactView, Reproduction, Use } from '../port.ts'
import { jobLine } from './local-job.ts'

/** One of them names it: the strongest that is there. */
const preference = ['blake3', 'composite-blake3', 'sha256']

export function artifactLine(row: ArtifactRow, path: string | null): ArtifactLine {
  const algorithm = preference.find((name) => name in row.digests) ?? Object.keys(row.digests)[0] ?? ''
  return { digest: row.digests[algorithm] ?? '', algorithm, size: row.size, path }
}

export function artifactView(
  record: ArtifactRecord,
  receipts: readonly Receipt[],
  member: Member | null = null,
): ArtifactView {
  const { artifact } = artifactDocument(record)
  const named = record.producedBy[0] ?? record.consumedBy[0]
  const line = artifactLine(record, named ? display(named.path) : null)
  return {
    ...line,
    kind: record.kind,
    format: record.format,
    members: record.members,
    member: member && { path: display(member.path), size: member.size },
    visibility: null,
    firstSeen: artifact.first_seen,
    digests: Object.entries(record.digests).map(([algorithm, digest]) => ({
      algorithm,
      digest,
      claims: [{ by: null, at: null, proof: artifact.claims[algorithm] ?? 'verified' }],
    })),
    locations: artifact.locations.map((one) => ({ place: one.path, note: 'etag' in one ? one.etag : null })),
    producedBy: record.producedBy.map(use),
    usedBy: record.consumedBy.map(use),
    keptBy: [],
    reproduce: [`roar reproduce ${line.digest}`, `roar reproduce ${line.digest} --run`],
    ...reproductions(receipts, new Set(Object.values(record.digests))),
    labels: artifact.labels,
    withdrawn: null,
    also: [],
  }
}

const use = ({ job, path }: ArtifactUse): Use => ({ job: jobLine(job), path: display(path) })

/** Of a receipt, what it says of this content alone. */
function reproductions(receipts: readonly Receipt[], digests: ReadonlySet<string>) {
  const verdicts: Record<ReceiptVerdict, number> = { identical: 0, content: 0, tolerance: 0, different: 0, missing: 0 }
  const list = receipts.flatMap((receipt): Reproduction[] => {
    const output = receipt.outputs.find(({ expected }) => Object.values(expected).some((digest) => digests.has(digest)))
    if (!output) return []
    verdicts[output.verdict]++
    const by = `${receipt.user}@${receipt.hostname}`
    const note = output.difference ?? (receipt.substitutions.join('; ') || null)
    return [{ at: instant(receipt.madeAt), by, verdict: output.verdict, note }]
  })
  return { verdicts, reproductions: list }
}
