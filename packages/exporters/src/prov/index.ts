/** PROV-JSON: jobs are activities, contents entities, roar the agent. https://www.w3.org/submissions/prov-json/ */
import type { ExportedLineage, Exporter, JobBody } from '@roar/core'
import { commandLine, type Edge, localName } from '../content.ts'

export const createProvExporter = (): Exporter => ({
  name: 'prov',
  mediaType: 'application/json',
  export: (lineage) => `${JSON.stringify(document(lineage), null, 2)}\n`,
})

type Records = Record<string, object>

function document({ jobs, version }: ExportedLineage) {
  const [entity, used, wasGeneratedBy, activity, wasAssociatedWith]: Records[] = [{}, {}, {}, {}, {}]
  for (const job of jobs) {
    const id = `roar:job_${job.uid}`
    Object.assign(activity as Records, { [id]: activityOf(job) })
    Object.assign(wasAssociatedWith as Records, {
      [`_:by_${job.uid}`]: { 'prov:activity': id, 'prov:agent': 'roar:roar' },
    })
    for (const [index, edge] of job.inputs.entries()) {
      Object.assign(entity as Records, entityOf(edge, job))
      Object.assign(used as Records, { [`_:u_${job.uid}_${index}`]: relation(id, edge, job, job.started_at) })
    }
    for (const [index, edge] of job.outputs.entries()) {
      Object.assign(entity as Records, entityOf(edge, job))
      Object.assign(wasGeneratedBy as Records, { [`_:g_${job.uid}_${index}`]: relation(id, edge, job, job.ended_at) })
    }
  }
  const agent = {
    'roar:roar': { 'prov:type': { $: 'prov:SoftwareAgent', type: 'xsd:QName' }, 'roar:version': version },
  }
  const prefix = { roar: 'urn:roar:', xsd: 'http://www.w3.org/2001/XMLSchema#' }
  return { prefix, entity, activity, agent, used, wasGeneratedBy, wasAssociatedWith }
}

const time = (text: string) => ({ $: text, type: 'xsd:dateTime' })

const activityOf = (job: JobBody) => ({
  'prov:startTime': job.started_at,
  ...(job.ended_at && { 'prov:endTime': job.ended_at }),
  'prov:label': commandLine(job),
  'roar:step': job.step,
  'roar:commit': job.git?.commit ?? '',
  'roar:exitCode': job.exit_code ?? -1,
  'roar:recorded': time(job.started_at),
})

const entityOf = (edge: Edge, job: JobBody): Records => ({
  [`roar:${localName(edge, job)}`]: {
    'prov:label': edge.path,
    ...(edge.size !== null && { 'roar:size': edge.size }),
    ...Object.fromEntries(Object.entries(edge.digests).map(([name, hex]) => [`roar:${name}`, hex])),
  },
})

const relation = (activity: string, edge: Edge, job: JobBody, at: string | null) => ({
  'prov:activity': activity,
  'prov:entity': `roar:${localName(edge, job)}`,
  ...(at && { 'prov:time': at }),
})
