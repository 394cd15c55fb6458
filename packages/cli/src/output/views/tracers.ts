/** Tracers and what they can see, for people. */
import type { TracersDocument } from '../../tracers/report-tracers.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'
import { checkRows } from './checks.ts'

const powers = {
  seesStatic: 'static programs',
  seesSetId: 'set-id programs',
  seesDirectSyscalls: 'direct system calls',
  seesIoUring: 'io_uring',
  survivesEnvironmentScrub: 'scrubbed environments',
  holdsDestruction: 'bytes about to be overwritten',
} as const

export function tracersView(page: Page, { tracers, auto }: TracersDocument): void {
  const { styles } = page
  for (const [index, tracer] of tracers.entries()) {
    if (index > 0) page.line()
    const state = tracer.ok ? styles.good('works here') : styles.bad('does not work here')
    page.line(`${styles.heading(tracer.name)} ${tracer.version}  ${state}  ${styles.faint(visible(tracer.summary))}`)
    const names = Object.entries(powers) as [keyof typeof powers, string][]
    const sees = (yes: boolean) =>
      names.filter(([power]) => tracer.capabilities[power] === yes).map(([, words]) => words)
    page.field('needs', tracer.capabilities.privileges === 'none' ? 'no privileges' : tracer.capabilities.privileges)
    page.field('overhead', tracer.capabilities.overhead)
    page.field('sees', sees(true).join(', ') || '-')
    page.field('misses', sees(false).join(', ') || '-')
    for (const gap of tracer.gaps) page.line(`  ${styles.warn(gap.code)}  ${visible(gap.detail)}`)
    checkRows(page, page.verbosity > 0 ? tracer.checks : tracer.checks.filter((check) => !check.ok))
  }
  if (!auto) return
  page.line()
  page.field('auto takes', `${auto.name}: ${visible(auto.reason)}`)
}
