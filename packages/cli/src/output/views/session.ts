/** A session and its jobs, for people. */
import type { LogDocument, SessionDocument } from '@roar/core'
import { count, grouped, localTime } from '../humane.ts'
import type { Page } from '../page.ts'
import { jobTable } from './job-list.ts'

export function sessionView(page: Page, { session, jobs }: SessionDocument): void {
  page.line(
    `${page.styles.heading(`session:${session.hash.slice(0, 12)}`)}${session.current ? page.styles.good('  current') : ''}`,
  )
  page.field('hash', session.hash)
  page.field('started', localTime(session.started_at))
  page.field('jobs', grouped(session.jobs))
  if (jobs.length === 0) return
  page.line()
  cutNote(page, session.jobs - jobs.length)
  jobTable(page, jobs)
}

/** `chosen`: only some of the jobs were asked for. */
export function logView(page: Page, { jobs, total }: LogDocument, chosen: boolean): void {
  if (total === 0)
    page.line(chosen ? 'No job is of that kind.' : 'No jobs are recorded. `roar run COMMAND` records one.')
  cutNote(page, total - jobs.length)
  jobTable(page, jobs)
}

function cutNote(page: Page, hidden: number): void {
  if (hidden > 0)
    page.line(page.styles.faint(`  … ${count(hidden, 'earlier job')} (roar log -n N shows more, -n 0 all)`))
}
