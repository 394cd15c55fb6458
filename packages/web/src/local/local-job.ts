/** A job of the workspace as its page reads it. */
import {
  type InputBody,
  instant,
  type JobRecord,
  type JobRow,
  jobDocument,
  type OutputBody,
  type Staleness,
  shellWords,
  staleText,
  stepName,
} from '@roar/core'
import type { EdgeView, JobLine, JobView, KeptView, Mark } from '../port.ts'

export const jobLine = (row: JobRow, marks: readonly Mark[] = row.dirty ? ['dirty'] : []): JobLine => ({
  id: row.uid,
  name: stepName(row.step),
  command: shellWords(row.argv),
  at: instant(row.startedAt),
  exitCode: row.exitCode,
  marks,
})

export function jobView(record: JobRecord, state: Staleness): JobView {
  const { job } = jobDocument(record)
  const { row } = record
  const stale = state.stale.get(row.id)
  const marks: Mark[] = [...(row.dirty ? (['dirty'] as const) : []), ...(stale ? (['stale'] as const) : [])]
  const { inputs, outputs, ...rest } = job
  return {
    ...jobLine(row, marks),
    uid: job.uid,
    title: job.name,
    directory: job.cwd,
    durationMs: job.duration_ms,
    status: job.status,
    signal: job.signal,
    repository: job.git?.repository ?? null,
    commit: job.git?.commit ?? null,
    branch: job.git?.branch ?? null,
    staleBecause: stale ? staleText(stale) : null,
    graphs: [job.session],
    visibility: null,
    labels: job.tags,
    withdrawn: null,
    supersedes: null,
    supersededBy: null,
    inputs: inputs.map((edge) => ({ ...edgeView(edge), sourced: edge.sourced, producer: producerOf(edge) })),
    kept: outputs.flatMap(keptView),
    outputs: outputs.map(edgeView),
    record: rest,
  }
}

const producerOf = ({ producer, producer_uid }: Pick<InputBody, 'producer' | 'producer_uid'>): EdgeView['producer'] =>
  producer_uid === null ? null : { id: producer_uid, name: producer ?? producer_uid }

const keptView = ({ base, path, kind, access }: OutputBody): KeptView[] =>
  base === null
    ? []
    : [{ ...edgeView({ ...base, kind, access, reason: null }), producer: producerOf(base), keptFor: path }]

function edgeView(edge: Pick<OutputBody, 'path' | 'digests' | 'size' | 'kind' | 'access' | 'reason'>): EdgeView {
  const [first] = Object.entries(edge.digests)
  return {
    path: edge.path,
    digest: first?.[1] ?? null,
    algorithm: first?.[0] ?? null,
    size: edge.size,
    kind: edge.kind,
    access: edge.access,
    reason: edge.reason,
    sourced: null,
    producer: null,
  }
}
