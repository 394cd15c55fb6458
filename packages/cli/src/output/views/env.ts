/** The variables of a workspace, for people. */
import type { EnvDocument } from '../../environment/env-document.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function envView(page: Page, { variables }: EnvDocument): void {
  if (variables.length === 0) page.line(page.styles.faint('No variable is set. roar env set NAME=VALUE sets one.'))
  page.table(
    variables.map(({ name, value, secret, shell }) => [
      page.styles.heading(name),
      visible(value) || page.styles.faint('(empty)'),
      secret
        ? page.styles.warn('a secret in a settings file: take it out')
        : page.styles.faint(shell === 'other' ? 'your shell has another value; this one counts' : ''),
    ]),
    [],
    '',
  )
}
