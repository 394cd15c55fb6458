/** The state of a session, for people. */
import type { StatusDocument } from '@roar/core'
import { namedCommand } from '../command-line.ts'
import { visible } from '../escape.ts'
import { ago, count, duration, grouped } from '../humane.ts'
import type { Page } from '../page.ts'
import { jobMark } from './marks.ts'

type Output = StatusDocument['outputs'][number]

/** The document, but that outputs may come one by one. */
export type StatusShown = Omit<StatusDocument, 'outputs'> & { readonly outputs: Iterable<Output> }

export function statusView(page: Page, status: StatusShown): void {
  head(page, status)
  live(page, status)
  steps(page, status)
  outputs(page, status)
  untracked(page, status)
  if (status.stale.length > 0)
    page.line(
      `\nNext: run the stale steps again, in order: ${status.stale.map((step) => `roar run ${step}`).join(' && ')}`,
    )
}

function head(page: Page, { session, workspace, git }: StatusShown): void {
  const { styles } = page
  page.line(
    `${styles.heading('workspace')} ${visible(workspace)}${git === null ? styles.faint('  (outside git)') : ''}`,
  )
  if (git)
    page.field(
      'commit',
      `${git.commit?.slice(0, 12) ?? 'none yet'} ${git.branch === null ? 'detached' : `on ${visible(git.branch)}`}${git.dirty ? styles.warn(', dirty') : ', clean'}`,
    )
  if (session)
    page.field(
      'session',
      `${session.hash.slice(0, 12)}  ${styles.faint(`${count(session.jobs, 'job')}, begun ${ago(session.started_at)}`)}`,
    )
  else page.line('No jobs are recorded. `roar run COMMAND` records one.')
}

function live(page: Page, { running, interrupted }: StatusShown): void {
  for (const job of running)
    page.line(
      `  ${page.styles.warn('running')}      ${page.styles.step(job.step)} ${job.uid}  ${namedCommand(job, page.styles)}`,
    )
  for (const job of interrupted.slice(0, 3))
    page.line(
      `  ${page.styles.warn('interrupted')}  ${page.styles.step(job.step)} ${job.uid}  ${namedCommand(job, page.styles)}`,
    )
}

function steps(page: Page, status: StatusShown): void {
  if (status.steps.length === 0) return
  page.heading(`steps (${status.steps.length})`)
  const rows = status.steps.map((job) => [
    job.stale ? page.styles.warn('◌') : jobMark(page.styles, job),
    page.styles.step(job.step),
    ago(job.started_at),
    duration(job.duration_ms),
    (job.stale ? page.styles.warn(`[stale: ${visible(job.stale_because ?? '')}] `) : '') +
      namedCommand(job, page.styles),
  ])
  page.list(rows, 'steps', 30, [{}, {}, {}, { align: 'right' }])
}

function outputs(page: Page, { counts, outputs }: StatusShown): void {
  if (Object.values(counts).every((number) => number === 0)) return
  const { styles } = page
  const listed: Output[] = []
  let [gone, moved] = [0, 0]
  for (const one of outputs) {
    if (one.gone !== null) gone++
    if (one.gone?.moved_to) moved++
    if (page.verbosity > 0 || one.state !== 'present') listed.push(one)
  }
  const missing = counts.missing - gone
  const bits = [`${grouped(counts.present)} present`]
  if (counts.changed > 0) bits.push(styles.warn(`${grouped(counts.changed)} changed`))
  if (moved > 0) bits.push(`${grouped(moved)} moved`)
  if (gone > moved) bits.push(`${grouped(gone - moved)} removed`)
  if (missing > 0) bits.push(styles.bad(`${grouped(missing)} missing`))
  if (counts.unknown > 0) bits.push(`${grouped(counts.unknown)} unknown`)
  page.heading('outputs')
  page.line(`  ${bits.join(', ')}`)
  page.list(
    listed.map((one) => [stateText(page, one), visible(one.path), styles.faint(whoDid(one))]),
    'outputs',
  )
}

function stateText({ styles }: Page, { state, gone }: Output): string {
  if (gone) return styles.faint(gone.moved_to === null ? 'removed' : 'moved')
  const paint = { present: styles.good, changed: styles.warn, missing: styles.bad, unknown: styles.faint }
  return paint[state](state)
}

function whoDid({ step, gone }: Output): string {
  if (gone === null) return `made by ${step}`
  return `made by ${step}, ${gone.moved_to === null ? 'removed' : `moved to ${visible(gone.moved_to)}`} by ${gone.step}`
}

function untracked(page: Page, { untracked_outputs: paths, gitignore }: StatusShown): void {
  if (paths.length === 0) return
  page.heading('outputs that git does not know')
  page.line(
    page.styles.warn(
      `  ${count(paths.length, 'untracked output')} will make the next run refuse the dirty tree. Add to .gitignore:`,
    ),
  )
  for (const line of gitignore.slice(0, 10)) page.line(`    ${visible(line)}`)
  if (gitignore.length > 10) page.line(page.styles.faint(`    … and ${gitignore.length - 10} more lines`))
}
