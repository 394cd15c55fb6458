/** What is still as recorded, for people: what is not, then the count. */
import type { VerifyDocument } from '../../verify/verify-files.ts'
import { visible } from '../escape.ts'
import { count, grouped } from '../humane.ts'
import type { Page } from '../page.ts'
import { verdictLines } from './verdict.ts'

export function verifyView(page: Page, { outputs, unverified }: VerifyDocument): void {
  const bad = outputs.filter((one) => one.verdict !== 'identical')
  verdictLines(page, page.verbosity > 0 ? outputs : bad)
  for (const one of unverified)
    page.line(`  ${page.styles.faint('not verified')}  ${visible(one.path)}: ${visible(one.reason)}`)
  const good = outputs.length - bad.length
  const text = `${grouped(good)} of ${count(outputs.length, 'file')} as recorded`
  page.line(bad.length === 0 ? page.styles.good(text) : page.styles.bad(text))
}
