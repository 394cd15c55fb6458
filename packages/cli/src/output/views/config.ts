/** Settings for people. */
import { type ConfigDocument, settingText } from '../../config/config-document.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function configView(page: Page, { values }: ConfigDocument, withOrigin: boolean): void {
  page.table(
    values.map((one) => [
      one.origin === 'default' ? one.key : page.styles.heading(one.key),
      visible(settingText(one.value)) || page.styles.faint('(none)'),
      ...(withOrigin ? [page.styles.faint(visible(one.origin))] : []),
      ...(page.verbosity > 0 ? [page.styles.faint(one.description)] : []),
    ]),
    [],
    '',
  )
}
