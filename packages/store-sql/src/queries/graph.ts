/** The jobs of a graph, newest first: all of a session, or the newest execution of each of its steps. */
import type { Build } from './builder.ts'
import { jobSelection } from './jobs.ts'

/** `limit` -1: all. */
export interface OfSession {
  readonly session: number
  readonly limit: number
}

const jobs = (build: Build, { limit }: OfSession) => jobSelection(build).orderBy('jobs.id', 'desc').limit(limit)

const every = (build: Build, given: OfSession) => jobs(build, given).where('jobs.session_id', '=', given.session)

/** By way of the steps: a session may have run each of them a thousand times. */
const newest = (build: Build, given: OfSession, withoutDirty: boolean) =>
  jobs(build, given).where('jobs.id', 'in', (eb) =>
    eb
      .selectFrom('steps as own')
      .where('own.session_id', '=', given.session)
      .select((step) => {
        const executions = step.selectFrom('jobs as one').select('one.id').whereRef('one.step_id', '=', 'own.id')
        const shown = withoutDirty ? executions.where('one.dirty', '=', 0) : executions
        return shown.orderBy('one.execution', 'desc').limit(1).as('newest')
      }),
  )

export const graphQueries = {
  everyExecution: every,
  everyCleanExecution: (build: Build, given: OfSession) => every(build, given).where('jobs.dirty', '=', 0),
  newestExecutions: (build: Build, given: OfSession) => newest(build, given, false),
  newestCleanExecutions: (build: Build, given: OfSession) => newest(build, given, true).where('jobs.dirty', '=', 0),
}
