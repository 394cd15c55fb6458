/** The recipe of whatever a REF names, from this workspace's record. */
import {
  type ArtifactRow,
  display,
  type GraphRows,
  type JobRecord,
  type JobRow,
  type LineageStore,
  newestExecutions,
  RoarError,
  reach,
  stepName,
} from '@roar/core'
import { type Recipe, recipeFromRecords, type Target } from '@roar/reproduction'
import type { Services } from '../composition/services.ts'
import { wantedOf } from '../graph/wanted.ts'
import { visible } from '../output/escape.ts'
import { jobsOf } from '../references/jobs-of.ts'
import { lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'

export async function readRecipe(services: Services, ref: string): Promise<Recipe> {
  const { store, reference } = await lookUp(services, ref)
  const { root } = await services.get('workspace')
  const session = await sessionOf(store, reference)
  const rows = await store.graph({ session, expanded: true })
  const { roots, targets } = await askedFor(store, reference, rows, ref)
  const upstream = reach(rows, roots, 'upstream', wantedOf(reference))
  const jobs = rows.jobs.filter((job) => upstream.has(job.id))
  const records = await readRecords(store, [...jobs, ...builds(rows, jobs)])
  const known = new Map<number, Promise<readonly string[]>>()
  const locations = (id: number) => {
    const places = known.get(id) ?? locationsOf(store, id)
    known.set(id, places)
    return places
  }
  return recipeFromRecords({
    ...{ of: ref, root, records, targets: targetsIn(records, targets), locations },
    counts: (job, output) => upstream.get(job)?.has(output) ?? true,
  })
}

async function sessionOf(store: LineageStore, reference: Reference): Promise<number> {
  if (reference.is === 'session') return reference.session.id
  return ((await jobsOf(store, reference))[0] as JobRow).session
}

interface Asked {
  readonly roots: readonly number[]
  /** Which outputs of which job count; `artifact` null: all of them. */
  readonly targets: readonly { readonly job: number; readonly artifact: number | null }[]
}

async function askedFor(store: LineageStore, reference: Reference, rows: GraphRows, ref: string): Promise<Asked> {
  if (reference.is === 'session') return lastOf(rows)
  if (reference.is === 'job' && (reference.job.kind === 'get' || reference.job.kind === 'put')) throw notMade(ref)
  if (reference.is === 'job') return { roots: [reference.job.id], targets: [{ job: reference.job.id, artifact: null }] }
  const [job] = await jobsOf(store, reference)
  const artifact = artifactOf(reference)
  const made = rows.edges.some(
    (edge) => edge.role === 'output' && edge.job === job?.id && edge.artifact === artifact?.id,
  )
  if (!job || !artifact || !made || job.kind === 'get' || job.kind === 'put') throw notMade(ref)
  return { roots: [job.id], targets: [{ job: job.id, artifact: artifact.id }] }
}

const artifactOf = (reference: Exclude<Reference, { is: 'session' | 'job' }>): ArtifactRow | null =>
  reference.is === 'artifact'
    ? reference.artifact
    : (reference.uses.find((use) => use.role === 'output')?.artifact ?? null)

/** Of a session: what its newest executions made and nothing of them used. */
function lastOf(rows: GraphRows): Asked {
  const newest = [...newestExecutions(rows.jobs).values()].filter((job) => job.kind === 'run')
  const ids = new Set(newest.map((job) => job.id))
  const used = new Set(
    rows.edges.filter((edge) => edge.role === 'input' && ids.has(edge.job)).map((edge) => edge.producer),
  )
  const last = newest.filter((job) => !used.has(job.id) && job.outputs > 0)
  return { roots: newest.map((job) => job.id), targets: last.map((job) => ({ job: job.id, artifact: null })) }
}

/** Set-up work may leave what no edge leads to: installed packages, services. What was built before the last step belongs to it. */
function builds(rows: GraphRows, jobs: readonly JobRow[]): readonly JobRow[] {
  const last = Math.max(...jobs.map((job) => job.startedAt))
  const there = new Set(jobs.map((job) => job.id))
  const completed = rows.jobs.filter(
    (job) => job.kind === 'build' && job.status === 'completed' && job.startedAt <= last,
  )
  return [...newestExecutions(completed).values()].filter((job) => !there.has(job.id))
}

async function readRecords(store: LineageStore, jobs: readonly JobRow[]): Promise<readonly JobRecord[]> {
  const records = await Promise.all(jobs.map((job) => store.job(job.id)))
  // What was fetched is not fetched by its step again, but as an input: from wherever its content is, and proven by its digest.
  return records.filter((one) => one !== null).filter(({ row }) => row.kind === 'run' || row.kind === 'build')
}

const targetsIn = (records: readonly JobRecord[], asked: Asked['targets']): readonly Target[] =>
  asked.flatMap(({ job, artifact }) => {
    const record = records.find((one) => one.row.id === job)
    const outputs = (record?.outcome?.outputs ?? []).filter((one) => artifact === null || one.artifact === artifact)
    return record
      ? outputs.map((one) => ({ step: stepName(record.row.step), uid: record.row.uid, path: one.path }))
      : []
  })

async function locationsOf(store: LineageStore, id: number): Promise<readonly string[]> {
  const record = await store.artifact(id)
  return [...(record?.locations ?? []).map(display), ...(record?.remote ?? []).map((one) => one.url)]
}

const notMade = (ref: string): RoarError =>
  new RoarError('ROAR_REPRODUCE_NOTHING', `No recorded job has made ${visible(ref)}: it came from outside.`, {
    remedy: ['roar show tells where it was used', 'roar reproduce @N makes the outputs of a step again'],
  })
