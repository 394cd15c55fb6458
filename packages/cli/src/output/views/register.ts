/** A publication, for people. */
import type { RegisterDocument } from '../../publish/register-document.ts'
import { visible } from '../escape.ts'
import { count, grouped } from '../humane.ts'
import type { Page } from '../page.ts'

export function registerView(page: Page, document: RegisterDocument): void {
  const { counts, published, dry_run } = document
  const verb = dry_run ? 'would publish' : published?.created === false ? 'was published before' : 'published'
  const what = `${count(counts.jobs, 'job')}, ${count(counts.artifacts, 'artifact')}, ${count(counts.inputs + counts.outputs, 'link')}`
  const members = counts.members > 0 ? `, ${count(counts.members, 'name')} of members` : ''
  page.line(`${verb}: ${what}${members}, ${document.scope}`)
  if (document.registry) page.field('registry', document.registry)
  if (published) publishedLines(page, published)
  secretLines(page, document)
  cutLines(page, document)
  tagLines(page, document)
  checkLines(page, document)
  if (dry_run) sentLines(page, document)
  else nextLines(page, document)
}

function publishedLines(page: Page, published: NonNullable<RegisterDocument['published']>): void {
  page.field('session', published.session_url)
  if (published.artifact_url) page.field('artifact', published.artifact_url)
  // What a registry says of a publication that it had already is what was new when it came.
  if (!published.created) return
  const { new_jobs, new_artifacts } = published.counts
  page.field('new there', `${count(new_jobs, 'job')}, ${count(new_artifacts, 'artifact')}`)
}

function secretLines(page: Page, { secrets }: RegisterDocument): void {
  if (secrets.length === 0) return
  page.heading('secrets taken out')
  page.table(secrets.map(({ where, kind, count: n }) => [grouped(n), kind, where]))
}

function cutLines(page: Page, { cut, dirty }: RegisterDocument): void {
  if (cut === null) {
    if (dirty.length > 0) page.line(page.styles.warn(`  ${count(dirty.length, 'job')} marked as dirty`))
    return
  }
  page.heading('left out')
  page.list(
    [
      ...cut.dropped.map((job) => [job.step, job.uid, 'dirty']),
      ...cut.unreachable.map((job) => [job.step, job.uid, 'led only to dirty jobs']),
    ],
    'jobs',
  )
  const orphans = cut.orphans.map((one) => [visible(one.path), `of ${one.used_by}`])
  if (orphans.length > 0) {
    page.line('  inputs whose makers are not published:')
    page.list(orphans, 'inputs')
  }
}

const states: Readonly<Record<string, string>> = {
  planned: 'would be pushed',
  kept: 'would be made, on this machine only: there is no remote',
  never: 'neither made nor pushed: git.push_tags is never',
  local: 'on this machine only: there is no remote',
  pushed: 'pushed',
  present: 'was there',
}

function tagLines(page: Page, { tags }: RegisterDocument): void {
  if (tags.list.length === 0) return
  page.heading('tags')
  const place = (remote: string | null) => (remote === null ? '' : `${remote} `)
  page.list(
    tags.list.map((tag) => [tag.name, `${place(tag.remote)}${states[tag.state] ?? tag.state}`]),
    'tags',
    10,
  )
}

function checkLines(page: Page, { checklist }: RegisterDocument): void {
  const good = checklist.filter((one) => one.ok).length
  page.heading(`can it be made again? ${good}/${checklist.length}`)
  for (const { name, ok, detail, remedy } of checklist) {
    const { styles } = page
    page.line(`  ${ok ? styles.good('✓') : styles.bad('✗')} ${name}: ${styles.faint(visible(detail))}`)
    if (remedy !== null) page.line(`    → ${remedy}`)
  }
}

function sentLines(page: Page, { sent }: RegisterDocument): void {
  if (sent === null) return
  page.heading('what would leave this machine (--json shows all of it)')
  page.list(
    sent.jobs.map((job) => [job.step, job.uid, visible(job.argv.join(' '))]),
    'jobs',
  )
  const paths = new Set(sent.jobs.flatMap((job) => [...job.inputs, ...job.outputs].map((edge) => edge.path)))
  page.list(
    [...paths].map((path) => [visible(path)]),
    'paths',
  )
  const members = sent.members.flatMap((part) => part.members.map((one) => [visible(one.path)]))
  if (members.length > 0) page.line('  members of composites:')
  page.list(members, 'members')
  const variables = sent.jobs.flatMap((job) => Object.entries(job.environment?.variables ?? {}))
  const distinct = new Map(variables.map(([name, value]) => [`${name}=${value}`, [visible(name), visible(value)]]))
  if (distinct.size > 0) page.line('  variables:')
  page.list([...distinct.values()].sort(), 'variables')
}

function nextLines(page: Page, { published, checklist }: RegisterDocument): void {
  if (!published) return
  page.line()
  const digest = published.artifact_url?.split('/').pop()
  const wanted = digest ? digest.slice(0, 16) : `session:${published.session_hash.slice(0, 16)}`
  const when = checklist.every((one) => one.ok) ? '' : ', where what the checklist misses is there'
  page.line(page.styles.faint(`next: roar reproduce ${wanted} on another machine${when}`))
}
