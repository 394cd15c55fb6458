/** Checks with their outcome and, where one fails, the way out. */
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

export function checkRows(page: Page, checks: readonly Check[]): void {
  const width = Math.max(0, ...checks.map((check) => check.name.length))
  for (const check of checks) {
    const sign = check.ok ? page.styles.good('✓') : page.styles.bad('✗')
    page.line(`  ${sign} ${check.name.padEnd(width)}  ${visible(check.detail)}`)
    if (!check.ok && check.remedy !== null) page.line(`    ${page.styles.good('→')} ${visible(check.remedy)}`)
  }
}
