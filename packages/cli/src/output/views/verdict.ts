/** A verdict for people: one line an output, the difference below it. */
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'
import type { Styles } from '../styles.ts'
import { shortDigest } from './short-digest.ts'

export interface VerdictLine {
  readonly path: string
  readonly step: string | null
  readonly expected: Readonly<Record<string, string>>
  readonly found: Readonly<Record<string, string>> | null
  readonly verdict: string
  readonly difference: string | null
}

export interface ReproductionView {
  readonly of: string
  /** The reference is the digest of this member of what was made again. */
  readonly member?: string | null
  readonly verdict: string
  readonly accept: string
  readonly holds: boolean
  readonly tolerance: { readonly relative: number; readonly absolute: number }
  readonly outputs: readonly VerdictLine[]
  readonly intermediate: readonly VerdictLine[]
  readonly first_divergence: string | null
  readonly substitutions: readonly string[]
  readonly directory: string
}

export function reproductionView(page: Page, document: ReproductionView): void {
  if (document.member) page.line(`${visible(document.of)} is the digest of its member ${visible(document.member)}:`)
  verdictLines(page, document.outputs)
  const differing = document.intermediate.filter((one) => one.verdict !== 'identical')
  if (differing.length > 0) {
    page.heading('On the way there')
    verdictLines(page, differing)
  }
  for (const one of document.substitutions) page.line(`${page.styles.warn('not as recorded:')} ${visible(one)}`)
  if (document.first_divergence !== null)
    page.line(`The first step that came out otherwise is ${document.first_divergence}.`)
  const { relative, absolute } = document.tolerance
  const close = document.verdict === 'tolerance' ? ` (relative ${relative}, absolute ${absolute})` : ''
  page.line(
    `${marked(page.styles, document.verdict)}${close}: ${document.holds ? 'what was asked for holds' : `asked for was ${document.accept}`}`,
  )
  page.line(page.styles.faint(`in ${visible(document.directory)}`))
}

export function verdictLines(page: Page, lines: readonly VerdictLine[]): void {
  for (const one of lines) {
    const step = one.step === null ? '' : ` ${page.styles.faint(one.step)}`
    page.line(`  ${marked(page.styles, one.verdict)}  ${visible(one.path)}${step}`)
    if (one.verdict === 'identical') continue
    if (one.difference) page.line(`      ${visible(one.difference)}`)
    if (one.verdict === 'different' && one.found)
      page.line(page.styles.faint(`      recorded ${shortDigest(one.expected)}, now ${shortDigest(one.found)}`))
  }
}

const marked = (styles: Styles, verdict: string): string =>
  verdict === 'identical' || verdict === 'content' || verdict === 'tolerance'
    ? styles.good(verdict)
    : styles.bad(verdict)
