/** An artifact as a registry knows it, for people. */
import type { PublishedReproductions, PublishedUse } from '@roar/core'
import type { RemoteArtifact } from '../../registry/find-there.ts'
import { visible } from '../escape.ts'
import { count, localTime, size } from '../humane.ts'
import type { Page } from '../page.ts'
import { labelRows } from './annotations.ts'

export const remoteFindView = (page: Page, { registry }: { readonly registry: RemoteArtifact }): void =>
  remoteArtifactBody(page, registry)

export function remoteArtifactBody(page: Page, { url, artifact }: RemoteArtifact): void {
  const [made] = artifact.produced_by
  page.line(page.styles.heading(visible(made?.path ?? 'artifact')))
  page.field('registry', url)
  page.field('page', artifact.url)
  page.field('readable', artifact.visibility)
  page.field(
    'kind',
    artifact.kind === 'composite' ? `composite: ${artifact.format}, ${artifact.members} members` : 'file',
  )
  if (artifact.member) page.field('member', `${visible(artifact.member.path)} has the digest that was asked for`)
  page.field('size', size(artifact.size))
  for (const { algorithm, digest } of artifact.hashes) page.field(algorithm, digest)
  for (const location of artifact.locations) page.field('lies at', visible(location.url))
  uses(page, 'produced by', artifact.produced_by)
  uses(page, 'used by', artifact.consumed_by)
  if (artifact.reproduction && artifact.reproduction.total > 0)
    page.field('made again', madeAgain(artifact.reproduction))
  const labels = labelRows(artifact.labels)
  if (labels.length > 0) {
    page.heading('labels')
    page.table(labels)
  }
}

/** How often, by how many, and how nearly. */
function madeAgain({ total, reproducers, ...verdicts }: PublishedReproductions): string {
  const counts = Object.entries(verdicts).filter(([, count]) => count > 0)
  return `${count(total, 'time')} by ${reproducers}: ${counts.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`
}

function uses(page: Page, title: string, list: readonly PublishedUse[]): void {
  page.heading(`${title} (${list.length})`)
  page.list(
    list.map(({ job, path }) => [
      page.styles.faint(job.job_uid),
      job.started_at ? localTime(job.started_at) : '',
      visible(path ?? ''),
      page.styles.faint(visible(job.command ?? '')),
      page.styles.faint(`${visible(job.git_repo ?? '')} ${job.git_commit?.slice(0, 12) ?? ''}`),
    ]),
    'entries',
    10,
  )
}
