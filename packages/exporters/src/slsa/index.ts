/** in-toto Statement v1 with SLSA provenance v1, one line a job. https://slsa.dev/spec/v1.0/provenance */
import type { Exporter, JobBody } from '@roar/core'
import { type Edge, gitUri } from '../content.ts'

export const createSlsaExporter = (): Exporter => ({
  name: 'slsa',
  mediaType: 'application/x-ndjson',
  export: ({ jobs, version }) =>
    jobs
      .filter((job) => job.outputs.length > 0)
      .map((job) => `${JSON.stringify(statement(job, version))}\n`)
      .join(''),
})

const statement = (job: JobBody, version: string) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: job.outputs.filter(known).map((edge) => ({ name: edge.path, digest: edge.digests })),
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      buildType: 'https://roar.dev/buildtypes/observed-command/v1',
      externalParameters: { argv: job.argv, cwd: job.cwd },
      internalParameters: { kind: job.kind, step: job.step, session: job.session, observation: observation(job) },
      resolvedDependencies: [...source(job), ...job.inputs.map(dependency), ...packages(job)],
    },
    runDetails: {
      builder: { id: 'https://roar.dev/builder/local', version: { roar: version } },
      metadata: { invocationId: job.uid, startedOn: seconds(job.started_at), finishedOn: seconds(job.ended_at) },
    },
  },
})

const known = (edge: Edge): boolean => Object.keys(edge.digests).length > 0

/** An observed list is worth as much as the observation was complete. */
const observation = ({ tracer }: JobBody) =>
  tracer && {
    tracer: tracer.name,
    complete: tracer.coverage.complete,
    gaps: tracer.coverage.gaps.map((gap) => gap.code),
  }

function source(job: JobBody) {
  const uri = gitUri(job)
  return uri === null ? [] : [{ uri, digest: { gitCommit: job.git?.commit }, annotations: { dirty: job.dirty } }]
}

const dependency = (edge: Edge) => ({
  ...(known(edge) ? { name: edge.path, digest: edge.digests } : { uri: `file:${encodeURI(edge.path)}` }),
  annotations: { access: edge.access, reason: edge.reason },
})

const packages = (job: JobBody) => job.packages.map((one) => ({ uri: one.purl }))

/** SLSA's times have no fractions. */
const seconds = (time: string | null): string | undefined => time?.replace(/\.\d+Z$/, 'Z')
