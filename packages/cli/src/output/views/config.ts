/** Settings for people; where no terminal is, one a line with a tab between the columns. */
import { type ConfigDocument, settingText } from '../../config/config-document.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function configView(page: Page, { values }: ConfigDocument, withOrigin: boolean): void {
  const isRead = Number.isFinite(page.columns)
  const rows = values.map((one) => [
    one.origin === 'default' ? one.key : page.styles.heading(one.key),
    visible(settingText(one.value)) || (isRead ? page.styles.faint('(none)') : ''),
    ...(withOrigin ? [page.styles.faint(visible(one.origin))] : []),
    ...(page.verbosity > 0 ? [page.styles.faint(one.description)] : []),
  ])
  if (isRead) page.table(rows, [], '')
  else for (const row of rows) page.line(row.join('\t'))
}
