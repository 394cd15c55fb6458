/** Jobs in a table, one a line. */
import type { JobSummary } from '@roar/core'
import { namedCommand } from '../command-line.ts'
import { duration, localTime } from '../humane.ts'
import type { Page } from '../page.ts'
import { jobMark } from './marks.ts'

export function jobTable(page: Page, jobs: readonly JobSummary[]): void {
  page.table(
    jobs.map((job) => cells(page, job)),
    [{}, {}, {}, {}, { align: 'right' }],
  )
}

const cells = (page: Page, job: JobSummary): string[] => [
  jobMark(page.styles, job),
  page.styles.step(job.step),
  page.styles.faint(job.uid),
  localTime(job.started_at),
  job.status === 'running' ? 'running' : duration(job.duration_ms),
  `${job.inputs}→${job.outputs}`,
  flags(page, job) + namedCommand(job, page.styles),
]

function flags(page: Page, job: JobSummary): string {
  const words = [
    ...(job.dirty ? ['dirty'] : []),
    ...(job.ended_at === null || job.complete ? [] : ['coverage incomplete']),
    ...(job.signal ? [job.signal] : job.exit_code ? [`exit ${job.exit_code}`] : []),
    ...(job.status === 'interrupted' ? ['interrupted'] : []),
  ]
  return words.length === 0 ? '' : `${page.styles.warn(`[${words.join(', ')}]`)} `
}
