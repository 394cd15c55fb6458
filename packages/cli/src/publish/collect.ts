/** Which jobs a publication is made of: everything upstream of a reference, producers first. */
import { type GraphRows, type JobRow, type LineageStore, only, type Reached, RoarError, reach } from '@roar/core'
import { upstreamRows } from '../graph/upstream-rows.ts'
import { wantedOf } from '../graph/wanted.ts'
import { visible } from '../output/escape.ts'
import { jobsOf } from '../references/jobs-of.ts'
import type { Reference } from '../references/reference.ts'
import { ranDirty } from './ran-dirty.ts'

export interface Collected {
  /** Of the workspace. */
  readonly session: string
  /** Ended before those that use what they made. */
  readonly jobs: readonly JobRow[]
  readonly dirty: readonly JobRow[]
  /** What leaving the dirty ones out has cost; null when nothing was left out. */
  readonly cut: Cut | null
  /** With what lies upstream of the dirty ones, too. */
  readonly rows: GraphRows
  /** Which outputs of each job count. */
  readonly reached: Reached
}

export interface Cut {
  readonly dropped: readonly JobRow[]
  /** Clean jobs that led only to dropped ones. */
  readonly unreachable: readonly JobRow[]
  /** Inputs of the rest whose makers are no longer part of it. */
  readonly orphans: readonly { readonly path: GraphRows['edges'][number]['path']; readonly usedBy: JobRow }[]
}

export async function collect(
  store: LineageStore,
  reference: Reference,
  text: string,
  noDirty: boolean,
): Promise<Collected> {
  const { session, roots } = await rootsOf(store, reference, text)
  const wanted = wantedOf(reference)
  const { rows, reached } = await upstreamRows(store, session.id, roots, wanted)
  const ended = { ...rows, jobs: rows.jobs.filter((job) => job.endedAt !== null) }
  if (ended.jobs.length === 0) throw nothing(text)
  const dirty = inOrder(ended.jobs.filter(ranDirty))
  if (!noDirty || dirty.length === 0)
    return { session: session.hash, jobs: inOrder(ended.jobs), dirty, cut: null, rows, reached }
  const { jobs, cut, reached: kept } = withoutDirty(ended, roots, wanted)
  if (jobs.length === 0) throw onlyDirty(dirty)
  return { session: session.hash, jobs, dirty, cut, rows, reached: kept }
}

interface Roots {
  readonly session: { readonly id: number; readonly hash: string }
  readonly roots: readonly number[]
}

async function rootsOf(store: LineageStore, reference: Reference, text: string): Promise<Roots> {
  if (reference.is === 'session') {
    const { jobs } = await store.graph({ session: reference.session.id })
    return { session: reference.session, roots: jobs.map((job) => job.id) }
  }
  const jobs = await jobsOf(store, reference)
  const first = jobs[0] as JobRow
  if (reference.is !== 'job' && !(await isMade(store, reference))) throw fromOutside(text)
  return { session: { id: first.session, hash: first.sessionHash }, roots: jobs.map((job) => job.id) }
}

async function isMade(store: LineageStore, reference: Exclude<Reference, { is: 'session' | 'job' }>): Promise<boolean> {
  if (reference.is === 'path') return reference.uses.some((use) => use.role === 'output')
  const record = await store.artifact(reference.artifact.id)
  return (record?.producedBy.length ?? 0) > 0
}

/** An input was made by a job that had ended. */
const inOrder = (jobs: readonly JobRow[]): readonly JobRow[] =>
  [...jobs].sort((a, b) => (a.endedAt ?? a.startedAt) - (b.endedAt ?? b.startedAt) || a.id - b.id)

function withoutDirty(
  rows: GraphRows,
  roots: readonly number[],
  wanted: readonly number[] | null,
): { jobs: readonly JobRow[]; cut: Cut; reached: Reached } {
  const isClean = new Set(rows.jobs.filter((job) => !ranDirty(job)).map((job) => job.id))
  const clean = only(rows, isClean)
  const kept = reach(
    { ...clean, edges: clean.edges.filter((edge) => edge.producer === null || isClean.has(edge.producer)) },
    roots.filter((root) => isClean.has(root)),
    'upstream',
    wanted,
  )
  const byId = new Map(rows.jobs.map((job) => [job.id, job]))
  const lost = clean.edges.filter(
    (edge) => kept.has(edge.job) && edge.role === 'input' && edge.producer !== null && !kept.has(edge.producer),
  )
  return {
    reached: kept,
    jobs: inOrder(clean.jobs.filter((job) => kept.has(job.id))),
    cut: {
      dropped: inOrder(rows.jobs.filter(ranDirty)),
      unreachable: inOrder(clean.jobs.filter((job) => !kept.has(job.id))),
      orphans: lost.map((edge) => ({ path: edge.path, usedBy: byId.get(edge.job) as JobRow })),
    },
  }
}

const nothing = (text: string): RoarError =>
  new RoarError('ROAR_REGISTER_NOTHING', `There is nothing to publish for '${visible(text)}'.`, {
    cause: 'No job of it has ended.',
    remedy: ['roar log lists the jobs'],
  })

const onlyDirty = (dirty: readonly JobRow[]): RoarError =>
  new RoarError('ROAR_REGISTER_NOTHING', 'Without its dirty jobs nothing is left of this lineage.', {
    cause: `Dirty: ${dirty.map((job) => job.uid).join(', ')}.`,
    remedy: ['Commit, run it again, and register that', '--allow-dirty publishes them, marked as dirty'],
  })

const fromOutside = (text: string): RoarError =>
  new RoarError(
    'ROAR_REGISTER_NOTHING',
    `No recorded job has made '${visible(text)}', so it has no lineage to publish.`,
    {
      cause: 'It was read by jobs, but it came from outside.',
      remedy: ['roar impact shows what was made from it: register that', 'roar run COMMAND records what makes it'],
    },
  )
