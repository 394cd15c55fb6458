/** The metadata of a Process Run Crate 0.5 in RO-Crate 1.1. https://www.researchobject.org/workflow-run-crate/profiles/process_run_crate/ */
import type { ExportedLineage, Exporter, JobBody } from '@roar/core'
import { commandLine, type Edge } from '../content.ts'

const profile = 'https://w3id.org/ro/wfrun/process/0.5'

export const createRoCrateExporter = (): Exporter => ({
  name: 'ro-crate',
  mediaType: 'application/ld+json',
  export: (lineage) => `${JSON.stringify(crate(lineage), null, 2)}\n`,
})

const crate = (lineage: ExportedLineage) => ({
  '@context': ['https://w3id.org/ro/crate/1.1/context', 'https://w3id.org/ro/terms/workflow-run/context'],
  '@graph': [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    },
    root(lineage),
    { '@id': profile, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
    { '@id': '#licence', '@type': 'CreativeWork', name: 'Not stated', description: 'No licence was recorded.' },
    ...unique(lineage.jobs.map(tool)),
    ...lineage.jobs.map(action),
    ...unique(lineage.jobs.flatMap((job) => [...job.inputs, ...job.outputs].map(file))),
  ],
})

const root = ({ of, jobs }: ExportedLineage) => ({
  '@id': './',
  '@type': 'Dataset',
  name: `How ${of} was made`,
  description: `${jobs.length} observed commands, as roar recorded them.`,
  datePublished: jobs.at(-1)?.ended_at ?? jobs.at(-1)?.started_at ?? new Date(0).toISOString(),
  license: { '@id': '#licence' },
  conformsTo: { '@id': profile },
  mentions: jobs.map((job) => ({ '@id': idOf(job) })),
  hasPart: unique(jobs.flatMap((job) => [...job.inputs, ...job.outputs].map(reference))),
})

const idOf = (job: JobBody): string => `#job-${job.uid}`

const tool = (job: JobBody) => ({
  '@id': `#tool-${encodeURIComponent(job.argv[0] ?? '')}`,
  '@type': 'SoftwareApplication',
  name: job.argv[0] ?? '',
})

const action = (job: JobBody) => ({
  '@id': idOf(job),
  '@type': 'CreateAction',
  name: `${job.step} ${job.argv[0] ?? ''}`,
  description: commandLine(job),
  instrument: { '@id': tool(job)['@id'] },
  startTime: job.started_at,
  ...(job.ended_at && { endTime: job.ended_at }),
  object: unique(job.inputs.map(reference)),
  result: unique(job.outputs.map(reference)),
  actionStatus: { '@id': `http://schema.org/${job.status === 'completed' ? 'Completed' : 'Failed'}ActionStatus` },
})

/** One path may have had several contents: each is an entity of its own. */
const fileId = (edge: Edge): string => {
  const [first] = Object.values(edge.digests)
  const path = encodeURI(edge.path).replaceAll('#', '%23').replaceAll('?', '%3F')
  return first ? `${path}#${first.slice(0, 16)}` : path
}

const reference = (edge: Edge) => ({ '@id': fileId(edge) })

const file = (edge: Edge) => ({
  '@id': fileId(edge),
  '@type': edge.kind === 'composite' ? 'Dataset' : 'File',
  name: edge.path,
  ...(edge.size !== null && { contentSize: String(edge.size) }),
  ...(edge.digests.sha256 && { sha256: edge.digests.sha256 }),
  identifier: Object.entries(edge.digests).map(([name, hex]) => `${name}:${hex}`),
})

/** Lists of a crate have no duplicates. */
const unique = <T extends { readonly '@id': string }>(items: readonly T[]): T[] => [
  ...new Map(items.map((one) => [one['@id'], one])).values(),
]
