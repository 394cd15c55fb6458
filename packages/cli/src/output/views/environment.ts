/** Where a job ran, with -v; -vv also names the variables of which only commitments are kept. */
import type { JobBody } from '@roar/core'
import { visible } from '../escape.ts'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'
import { shortDigest } from './short-digest.ts'

/** Long lists that nobody reads in a terminal. */
const longFacts = new Set(['cpu.flags'])

export function environmentView(
  page: Page,
  { environment, interpreters }: Pick<JobBody, 'environment' | 'interpreters'>,
): void {
  if (page.verbosity === 0 || environment === null) return
  const { facts, variables, commitments } = environment
  page.heading('environment')
  page.field('system', visible(environment.os))
  page.field('hardware', visible(environment.hardware))
  page.field('host', visible(environment.hostname))
  for (const one of interpreters)
    page.field('interpreter', `${visible(one.path)}  ${page.styles.faint(shortDigest(one.digests))}`)
  const shown = Object.entries(facts).filter(([name]) => page.verbosity > 1 || !longFacts.has(name))
  page.table(shown.map(([name, value]) => [page.styles.faint(name), visible(value)]))
  page.heading(`variables (${Object.keys(variables).length})`)
  page.table(Object.entries(variables).map(([name, value]) => [page.styles.faint(visible(name)), visible(value)]))
  const hidden = Object.keys(commitments)
  if (hidden.length === 0) return
  const names = page.verbosity > 1 ? `: ${hidden.map(visible).join(' ')}` : ' (-vv names them)'
  page.line(`  ${page.styles.faint(`${count(hidden.length, 'other')} by commitment only${names}`)}`)
}
