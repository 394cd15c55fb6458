/** What a reproduction would do, for people. */
import type { PlanDocument } from '../../reproduce/plan-document.ts'
import { shellWords, visible } from '../escape.ts'
import { count, duration, size } from '../humane.ts'
import type { Page } from '../page.ts'

export function planView(page: Page, plan: PlanDocument): void {
  page.heading(`To make ${visible(plan.of)} again`)
  if (plan.member !== null) page.line(memberLine(plan.member, plan.targets))
  for (const one of plan.repositories.slice(0, 1)) page.field('repository', visible(one))
  for (const one of plan.commits)
    page.field(
      'commit',
      `${one.commit.slice(0, 12)}${one.branch ? ` (${visible(one.branch)})` : ''}  ${page.styles.faint(one.steps.join(' '))}`,
    )
  if (plan.commits.length === 0) page.field('commit', page.styles.warn('none was recorded'))
  environmentsView(page, plan)
  stepsView(page, plan)
  inputsView(page, plan)
  differencesView(page, plan)
  for (const note of plan.notes) page.line(`  ${page.styles.warn('note:')} ${visible(note)}`)
  problemsView(page, plan)
}

/** Whoever asked by the digest of one file gets all of what it lies in. */
const memberLine = (member: string, targets: PlanDocument['targets']): string =>
  `that is the digest of its member ${visible(member)}; ${targets.map((one) => visible(one.path)).join(', ')} is made again as a whole`

function environmentsView(page: Page, { environments }: PlanDocument): void {
  for (const one of environments) {
    page.heading(`${one.kind}${one.version ? ` ${one.version}` : ''}: ${count(one.packages.length, 'package')}`)
    page.list(
      one.packages.map((each) => [
        visible(each.name),
        each.version ?? page.styles.warn('version not recorded'),
        page.styles.faint(visible(each.repository ?? '')),
      ]),
      'packages',
      10,
    )
    if (one.projects.length > 0) page.line(`  installed in place: ${one.projects.map(visible).join(', ')}`)
    if (one.packages.some(({ ecosystem }) => ecosystem === 'pypi'))
      page.line(`  ${page.styles.faint('pinned by version, not by hash: digests of the archives were not recorded')}`)
  }
}

function stepsView(page: Page, { steps }: PlanDocument): void {
  page.heading(count(steps.length, 'step'))
  const rows = steps.map((one) => [
    page.styles.step(one.step),
    page.styles.faint(duration(one.duration_ms)),
    `${one.cwd === '.' ? '' : `${page.styles.faint(`in ${visible(one.cwd)}:`)} `}${shellWords(one.argv)}`,
  ])
  page.list(rows, 'steps', 50, [{}, { align: 'right' }])
}

function inputsView(page: Page, { inputs }: PlanDocument): void {
  if (inputs.length === 0) return
  page.heading(`${count(inputs.length, 'input')} from outside the commit`)
  const rows = inputs.map((one) => [
    one.state === 'missing' ? page.styles.bad('✗') : page.styles.good('✓'),
    visible(one.path),
    size(one.size),
    whereText(one),
  ])
  page.list(rows, 'inputs', 20, [{}, {}, { align: 'right' }])
}

function whereText(input: PlanDocument['inputs'][number]): string {
  if (input.state === 'environment') return 'comes with its environment'
  if (input.state === 'at-path') return 'lies there, with the recorded digest'
  if (input.state === 'member') return `a member of ${visible(input.member_of ?? '')}, which is made again`
  if (input.state === 'commit') return 'perhaps in the commit: nobody told'
  if (input.state === 'missing') return input.why ?? 'missing'
  return input.places.map((place) => `${visible(place.where)}${place.verified ? '' : ' (not asked yet)'}`).join(', ')
}

function differencesView(page: Page, { differences, withheld }: PlanDocument): void {
  if (differences.length + withheld.length === 0) return
  page.heading('This machine is not the one that recorded')
  for (const one of differences)
    page.field(one.what, `${visible(one.here)} ${page.styles.faint(`here; recorded: ${visible(one.recorded)}`)}`)
  for (const one of withheld)
    page.field(
      visible(one.name),
      `its value was not recorded; ${one.set_here ? 'yours is used' : page.styles.warn('it is not set here')}`,
    )
}

function problemsView(page: Page, { problems }: PlanDocument): void {
  if (problems.length === 0) {
    page.heading('Nothing is in the way. Next: the same command with --run')
    return
  }
  page.heading(page.styles.bad(`${count(problems.length, 'thing')} in the way`))
  for (const one of problems) {
    page.line(`  ${page.styles.bad('✗')} ${visible(one.message)} ${page.styles.faint(`[${one.code}]`)}`)
    for (const line of one.cause.split('\n')) page.line(`    ${visible(line)}`)
    for (const way of one.remedy) page.line(`    ${page.styles.good('→')} ${visible(way)}`)
  }
}
