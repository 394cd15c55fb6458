/** `roar.session/1` and `roar.log/1`: a session with its jobs, and a list of jobs. */
import type { JobRow, SessionRow } from '../store.ts'
import { instant } from './instant.ts'
import { jobSummary } from './job-document.ts'

export type SessionDocument = ReturnType<typeof sessionDocument>
export type LogDocument = ReturnType<typeof logDocument>

export const sessionBody = (session: SessionRow) => ({
  hash: session.hash,
  started_at: instant(session.startedAt),
  current: session.current,
  jobs: session.jobs,
})

/** `jobs`: newest last; fewer than the session has where the list was cut. */
export const sessionDocument = (session: SessionRow, jobs: readonly JobRow[]) => ({
  schema: 'roar.session/1' as const,
  session: sessionBody(session),
  jobs: jobs.map(jobSummary),
})

/** `jobs`: newest last. `total`: how many match, shown or not. */
export const logDocument = (session: SessionRow | null, jobs: readonly JobRow[], total: number) => ({
  schema: 'roar.log/1' as const,
  session: session?.hash ?? null,
  total,
  jobs: jobs.map(jobSummary),
})
