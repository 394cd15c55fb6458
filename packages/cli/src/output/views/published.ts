/** What a registry knows of something, for people: an artifact, a session, or the lineage of an artifact. */
import type { PublishedJobSummary, PublishedLineage, PublishedSession } from '@roar/core'
import type { PublishedDocument } from '../../registry/ask-published.ts'
import { visible } from '../escape.ts'
import { localTime } from '../humane.ts'
import type { Page } from '../page.ts'
import { remoteArtifactBody } from './remote-artifact.ts'

export function publishedView(page: Page, { registry, artifact, session, lineage }: PublishedDocument): void {
  if (artifact) remoteArtifactBody(page, { url: registry, artifact })
  if (session) sessionBody(page, registry, session)
  if (lineage) lineageBody(page, lineage)
}

function sessionBody(page: Page, url: string, session: PublishedSession): void {
  page.line(page.styles.heading(`session ${session.hash.slice(0, 12)}`))
  page.field('registry', url)
  page.field('page', session.url)
  page.field('readable', session.visibility)
  page.heading(`jobs (${session.jobs.length})`)
  page.list(
    session.jobs.map((job) => jobCells(page, job)),
    'jobs',
    30,
  )
}

function jobCells(page: Page, job: PublishedJobSummary): string[] {
  return [
    page.styles.faint(job.job_uid),
    job.started_at ? localTime(job.started_at) : '',
    visible(job.command ?? ''),
    page.styles.faint(`${visible(job.git_repo ?? '')} ${job.git_commit?.slice(0, 12) ?? ''}`),
    job.dirty ? page.styles.warn('dirty') : '',
  ]
}

type JobNode = PublishedLineage['nodes'][number] & PublishedJobSummary

/** Nearest first: each job with what it made of the lineage and what it read. */
function lineageBody(page: Page, { nodes, edges, truncated }: PublishedLineage): void {
  const jobs = nodes.filter((node): node is JobNode => node.type === 'job')
  const paths = (job: string, role: string): string =>
    edges
      .filter((edge) => edge.role === role && (role === 'input' ? edge.to : edge.from) === job)
      .map((edge) => visible(edge.path ?? ''))
      .join(', ')
  if (jobs.length === 0) page.line('Nothing is published upstream of it.')
  for (const job of jobs) {
    page.line(`${page.styles.faint(job.job_uid)} ${visible(job.command ?? '')}`)
    page.field('made', paths(job.id, 'output'))
    page.field('of', paths(job.id, 'input') || 'nothing that was seen')
  }
  if (truncated) page.line(page.styles.warn('There is more upstream than the registry gives at once.'))
}
