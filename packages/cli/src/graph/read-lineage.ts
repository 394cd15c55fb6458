/** Reads everything upstream or downstream of a reference, as it was recorded: superseded executions included. */
import {
  type Direction,
  type GraphRows,
  type JobRow,
  only,
  RoarError,
  reach,
  type Staleness,
  staleness,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { jobsOf } from '../references/jobs-of.ts'
import { type LookedUp, lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'
import { wantedOf } from './wanted.ts'

export interface Lineage {
  readonly rows: GraphRows
  readonly staleness: Staleness
  readonly session: string
  /** Newest first. */
  readonly jobs: readonly JobRow[]
  readonly lookedUp: LookedUp
}

export async function readLineage(services: Services, ref: string, direction: Direction): Promise<Lineage> {
  const lookedUp = await lookUp(services, ref)
  const { store, reference } = lookedUp
  if (reference.is === 'session') {
    throw new RoarError('ROAR_USAGE', 'A session has no lineage of its own.', {
      exitCode: 2,
      remedy: ['roar dag session:HASH draws its graph'],
    })
  }
  const start = await jobsOf(store, reference)
  const first = start[0] as JobRow
  const whole = await store.graph({ session: first.session, expanded: true })
  const artifact = artifactOf(reference)
  const roots = artifact === null ? start.map((job) => job.id) : rootsOf(whole, artifact, direction, start)
  const wanted = direction === 'upstream' ? wantedOf(reference) : null
  const rows = trimmed(only(whole, reach(whole, roots, direction, wanted)), direction, artifact)
  const jobs = [...rows.jobs].sort((a, b) => b.id - a.id)
  return { rows, staleness: staleness(whole), session: first.sessionHash, jobs, lookedUp }
}

const artifactOf = (reference: Reference): number | null => {
  if (reference.is === 'artifact') return reference.artifact.id
  return reference.is === 'path' ? (reference.uses.find((use) => use.artifact !== null)?.artifact?.id ?? null) : null
}

/** Upstream of a content are its makers; downstream those that used it. */
function rootsOf(rows: GraphRows, artifact: number, direction: Direction, start: readonly JobRow[]): number[] {
  if (direction === 'upstream') return start.filter((job) => makes(rows, job.id, artifact)).map((job) => job.id)
  return rows.edges.filter((edge) => edge.role === 'input' && edge.artifact === artifact).map((edge) => edge.job)
}

const makes = (rows: GraphRows, job: number, artifact: number): boolean =>
  rows.edges.some((edge) => edge.job === job && edge.role === 'output' && edge.artifact === artifact)

/** Upstream: what a job made besides, and nobody here used, is no part of the answer. */
function trimmed(rows: GraphRows, direction: Direction, artifact: number | null): GraphRows {
  if (direction === 'downstream') return rows
  const used = new Set(rows.edges.filter((edge) => edge.role === 'input').map((edge) => edge.artifact))
  return {
    jobs: rows.jobs,
    edges: rows.edges.filter((edge) => edge.role === 'input' || edge.artifact === artifact || used.has(edge.artifact)),
  }
}
