/** The marks that hold for a thing, and where each was put. */
import {
  type AnnotatedThing,
  type GraphRows,
  type LineageStore,
  type MarkOrigin,
  type Marks,
  marksOf,
  pathFields,
  type SpreadMark,
  spreadMarks,
  stepName,
  type TagLine,
} from '@roar/core'
import { upstreamRows } from '../graph/upstream-rows.ts'
import { jobsOf } from '../references/jobs-of.ts'
import type { Annotated } from './target.ts'

export async function marksHere({ store, target, reference }: Annotated): Promise<readonly TagLine[]> {
  if (reference.is === 'session') {
    const own = marksOf(await store.annotations({ sessions: [target.id] }))
    return own.map((mark) => ({
      ...mark,
      own: true,
      from: [{ of: 'session', name: reference.session.hash, path: null, step: null }],
    }))
  }
  const jobs = await jobsOf(store, reference)
  const { rows } = await upstreamRows(
    store,
    jobs[0]?.session ?? 0,
    jobs.map((job) => job.id),
  )
  const marks = await spread(store, rows)
  const found = (target.of === 'job' ? marks.jobs : marks.artifacts).get(target.id) ?? []
  return Promise.all(found.map((mark) => line(mark, target, store, rows)))
}

export async function spread(store: LineageStore, rows: GraphRows): Promise<Marks> {
  const annotations = await store.annotations({
    sessions: [...new Set(rows.jobs.map((job) => job.session))],
    jobs: rows.jobs.map((job) => job.id),
    artifacts: [...new Set(rows.edges.map((edge) => edge.artifact).filter((id) => id !== null))],
  })
  return spreadMarks(rows, annotations)
}

async function line(
  { name, value, origins }: SpreadMark,
  target: Annotated['target'],
  store: LineageStore,
  rows: GraphRows,
): Promise<TagLine> {
  const own = origins.some((one) => one.of === target.of && one.id === target.id)
  return { name, value, own, from: await Promise.all(origins.map((origin) => described(origin, store, rows))) }
}

async function described(origin: MarkOrigin, store: LineageStore, rows: GraphRows): Promise<TagLine['from'][number]> {
  const thing = (of: AnnotatedThing['of'], name: string, path: string | null, step: string | null) => ({
    of,
    name,
    path,
    step,
  })
  if (origin.of === 'artifact') {
    const edge = rows.edges.find((one) => one.artifact === origin.id)
    return thing('artifact', edge?.digest ?? '', edge ? pathFields(edge.path).path : null, null)
  }
  if (origin.of === 'job') {
    const job = rows.jobs.find((one) => one.id === origin.id)
    return thing('job', job?.uid ?? '', null, job ? stepName(job.step) : null)
  }
  const session = (await store.sessions()).find((one) => one.id === origin.id)
  return thing('session', session?.hash ?? '', null, null)
}
