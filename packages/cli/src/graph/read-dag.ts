/** Reads the part of a session's graph that was asked for. */
import { type GraphRows, type LineageStore, only, reach, type Staleness, staleness } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { jobsOf } from '../references/jobs-of.ts'
import { lookUp } from '../references/look-up.ts'
import { wantedOf } from './wanted.ts'

/** A terminal shows this many jobs of a session at once; all of a session of 10⁵ would take seconds and no one could read it. */
const drawnJobs = 200

export interface DagQuestion {
  readonly ref: string | null
  readonly expanded: boolean
  readonly withoutDirty: boolean
  readonly staleOnly: boolean
  readonly whole: boolean
  /** Null: all. See `GraphQuery`. */
  readonly mostOutputs: number | null
}

export interface Dag {
  readonly session: string
  readonly rows: GraphRows
  readonly staleness: Staleness
  readonly staleOnly: boolean
  /** Jobs of the session that are not in the rows because the drawing was cut. */
  readonly hidden: number
}

export async function readDag(services: Services, question: DagQuestion): Promise<Dag> {
  const { store, reference } = await lookUp(services, question.ref ?? 'session:current')
  const start = reference.is === 'session' ? null : await jobsOf(store, reference)
  const [first] = start ?? []
  const { id: session, hash } =
    reference.is === 'session' ? reference.session : { id: first?.session ?? 0, hash: first?.sessionHash ?? '' }
  const cut = question.whole || start !== null ? null : drawnJobs
  const rows = await readRows(store, session, question, cut)
  const state = staleness(rows)
  const part = start
    ? around(
        rows,
        start.map((job) => job.id),
        wantedOf(reference),
      )
    : rows
  const hidden = cut !== null && rows.jobs.length >= cut ? (await store.countJobs({ session })) - rows.jobs.length : 0
  return {
    session: hash,
    rows: question.staleOnly ? staleRows(part, state) : part,
    staleness: state,
    staleOnly: question.staleOnly,
    hidden,
  }
}

const readRows = (
  store: LineageStore,
  session: number,
  question: DagQuestion,
  limit: number | null,
): Promise<GraphRows> =>
  store.graph({
    session,
    expanded: question.expanded,
    withoutDirty: question.withoutDirty,
    ...(limit !== null && { limit }),
    ...(question.mostOutputs !== null && { mostOutputs: question.mostOutputs }),
  })

function around(rows: GraphRows, start: readonly number[], wanted: readonly number[] | null): GraphRows {
  const reached = [...reach(rows, start, 'upstream', wanted).keys(), ...reach(rows, start, 'downstream').keys()]
  return only(rows, new Set(reached))
}

const staleRows = (rows: GraphRows, state: Staleness): GraphRows => only(rows, new Set(state.stale.keys()))
