/** Which executions are of one step, and the newest of each. */
import type { JobRow } from '../store.ts'

export const stepKey = ({ session, step }: Pick<JobRow, 'session' | 'step'>): string =>
  `${session}:${step.kind}:${step.number}`

/** By `stepKey`; in the order in which the steps are met. */
export function newestExecutions(jobs: readonly JobRow[]): ReadonlyMap<string, JobRow> {
  const newest = new Map<string, JobRow>()
  for (const job of jobs) if (job.execution > (newest.get(stepKey(job))?.execution ?? 0)) newest.set(stepKey(job), job)
  return newest
}
