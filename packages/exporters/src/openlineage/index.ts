/** OpenLineage run events 2-0-2: START and the end of each job, one a line. https://openlineage.io/spec/2-0-2/OpenLineage.json */
import { createHash } from 'node:crypto'
import type { Exporter, JobBody } from '@roar/core'
import type { Edge } from '../content.ts'

const spec = 'https://openlineage.io/spec'

export const createOpenLineageExporter = (): Exporter => ({
  name: 'openlineage',
  mediaType: 'application/x-ndjson',
  export: ({ jobs, version }) =>
    jobs
      .flatMap((job) => events(job, `https://roar.dev/${version}`))
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
})

function events(job: JobBody, producer: string): readonly object[] {
  const base = {
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: runId(job) },
    job: {
      namespace: job.git?.repository ?? 'roar',
      name: job.name ?? `${job.session.slice(0, 8)} ${job.step}`,
      facets: jobFacets(job, producer),
    },
  }
  const inputs = job.inputs.map((edge) => dataset(edge, producer))
  const outputs = job.outputs.map((edge) => dataset(edge, producer))
  const start = { eventType: 'START', eventTime: job.started_at, ...base, inputs, outputs: [] }
  const ends: Readonly<Record<string, string>> = { completed: 'COMPLETE', failed: 'FAIL', interrupted: 'ABORT' }
  const eventType = ends[job.status]
  return eventType === undefined
    ? [start]
    : [start, { eventType, eventTime: job.ended_at ?? job.started_at, ...base, inputs, outputs }]
}

/** A UUID made from the job's own name, so that a second export tells of the same run (version 8: RFC 9562, 5.8). */
function runId(job: JobBody): string {
  const hex = createHash('sha256').update(`${job.session} ${job.uid}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const facet = (producer: string, name: string, fields: object) => ({
  _producer: producer,
  _schemaURL: `${spec}/facets/${name}`,
  ...fields,
})

const jobFacets = (job: JobBody, producer: string) => ({
  jobType: facet(producer, '2-0-4/JobTypeJobFacet.json', {
    processingType: 'BATCH',
    integration: 'ROAR',
    jobType: 'COMMAND',
  }),
  ...(job.git?.repository &&
    job.git.commit && {
      sourceCodeLocation: facet(producer, '1-1-0/SourceCodeLocationJobFacet.json', {
        type: 'git',
        url: job.git.repository,
        version: job.git.commit,
        ...(job.git.branch && { branch: job.git.branch }),
      }),
    }),
})

function dataset(edge: Edge, producer: string) {
  const [first] = Object.entries(edge.digests)
  const [, bucket, key] = /^([a-z0-9]+:\/\/[^/]+)\/(.*)$/.exec(edge.path) ?? []
  const version = first && {
    version: facet(producer, '1-0-1/DatasetVersionDatasetFacet.json', { datasetVersion: `${first[0]}:${first[1]}` }),
  }
  return { namespace: bucket ?? 'file', name: key ?? edge.path, ...(version && { facets: version }) }
}
