/** Documents of the API as the pages' own. */
import { type BytePath, display, fromBuffer, fromString } from '@roar/core'
import type { ArtifactLine, ArtifactView, EdgeView, JobLine, JobView, KeptView, Mark, Reproduction } from '@roar/web'
import type { Artifact, ArtifactSummary, Job, JobEdge, JobSummary, Receipt } from '../api/index.ts'
import { digestText } from '../realm/digest.ts'
import type { Row } from '../schema/tables.ts'

/** Of an open object, which the schema knows no more of. */
const fields = (value: object): Readonly<Record<string, unknown>> => value as Readonly<Record<string, unknown>>

/** None for what is withdrawn: it has no digest. */
export function artifactLine({ algorithm, digest, size }: Row<'artifacts'>, path: string | null): ArtifactLine[] {
  if (algorithm === null || digest === null) return []
  return [{ algorithm, digest: digestText({ algorithm, bytes: digest }), size, path }]
}

/** Of `blake3:ab12…`, as a refusal names it. */
export function referenceLine(text: string): ArtifactLine {
  const [algorithm = '', digest = ''] = text.includes(':') ? text.split(':') : ['', text]
  return { algorithm, digest, size: null, path: null }
}

const summaryLine = (one: ArtifactSummary): ArtifactLine => ({
  digest: one.hash,
  algorithm: one.algorithm,
  size: one.size,
  path: null,
})

export const jobMarks = ({ dirty, withdrawn, superseded_by }: JobSummary): Mark[] => [
  ...(dirty ? (['dirty'] as const) : []),
  ...(withdrawn ? (['withdrawn'] as const) : []),
  ...(superseded_by ? (['superseded'] as const) : []),
]

export const stepOf = ({ job_type, step_number }: JobSummary): string =>
  job_type === 'build' ? `@B${step_number}` : `@${step_number}`

export const jobLine = (job: JobSummary): JobLine => ({
  id: job.id,
  name: `${stepOf(job)} ${job.job_uid}`,
  command: job.command,
  at: job.started_at,
  exitCode: job.exit_code,
  marks: jobMarks(job),
})

export function artifactView(document: Artifact, receipts: readonly Receipt[], registry: string): ArtifactView {
  const use = ({ job, path }: Artifact['produced_by'][number]) => ({ job: jobLine(job), path })
  const named = document.produced_by[0] ?? document.consumed_by[0] ?? document.kept_by[0]
  const { identical, content, tolerance, different, missing } = document.reproduction
  return {
    ...summaryLine(document),
    path: named?.path ?? null,
    kind: document.kind,
    format: document.format,
    members: document.members,
    member: document.member,
    visibility: document.visibility,
    firstSeen: document.first_registered_at,
    digests: document.hashes,
    locations: document.locations.map(({ url, source_type }) => ({ place: url, note: source_type })),
    producedBy: document.produced_by.map(use),
    usedBy: document.consumed_by.map(use),
    keptBy: document.kept_by.map(use),
    reproduce: [
      `roar reproduce ${document.hash} --registry ${registry}`,
      `roar reproduce ${document.hash} --registry ${registry} --run`,
    ],
    reproductions: receipts.map(reproduction),
    verdicts: { identical, content, tolerance, different, missing },
    labels: fields(document.labels),
    withdrawn: document.withdrawn,
    also: document.also.map(summaryLine),
  }
}

const reproduction = ({ at, by, verdict, document }: Receipt): Reproduction => ({
  at,
  by,
  verdict,
  note: firstDifference(document),
})

/** The document is whatever its sender made of it. */
function firstDifference(document: Receipt['document']): string | null {
  const outputs = (document as { outputs?: unknown } | null)?.outputs
  if (!Array.isArray(outputs)) return null
  const found = outputs.map((one) => (one as { difference?: unknown } | null)?.difference)
  return found.find((one) => typeof one === 'string') ?? null
}

export function jobView(job: Job): JobView {
  return {
    ...jobLine(job),
    uid: job.job_uid,
    title: job.name,
    directory: job.cwd,
    durationMs: job.duration_seconds === null ? null : job.duration_seconds * 1000,
    status: job.exit_code === 0 ? 'completed' : job.exit_code === null ? 'not known' : 'failed',
    signal: job.signal,
    repository: job.git_repo,
    commit: job.git_commit,
    branch: job.git_branch,
    staleBecause: null,
    graphs: job.sessions,
    visibility: job.visibility,
    labels: fields(job.labels),
    withdrawn: job.withdrawn,
    supersedes: job.supersedes,
    supersededBy: job.superseded_by,
    inputs: job.inputs.filter((edge) => edge.kept_for === null).map(edgeView),
    kept: job.inputs.flatMap(keptView),
    outputs: job.outputs.map(edgeView),
    record: fields(job.record ?? {}),
  }
}

/** A path that is not UTF-8 comes twice: as text that has lost something, and whole. */
export const pathOf = ({ path, path_b64 }: JobEdge): BytePath =>
  path_b64 === null ? fromString(path ?? '') : fromBuffer(Buffer.from(path_b64, 'base64'))

const keptView = (edge: JobEdge): KeptView[] =>
  edge.kept_for === null ? [] : [{ ...edgeView(edge), keptFor: display(fromString(edge.kept_for)) }]

const edgeView = (edge: JobEdge): EdgeView => ({
  path: display(pathOf(edge)),
  digest: edge.hash,
  algorithm: edge.algorithm,
  size: edge.size,
  kind: edge.kind,
  access: edge.access,
  reason: edge.reason,
  sourced: edge.sourced,
  producer: null,
})
