/** Files that something was made from, for people. */
import type { InputsDocument } from '@roar/core'
import { visible } from '../escape.ts'
import { size } from '../humane.ts'
import type { Page } from '../page.ts'
import { shortDigest } from './short-digest.ts'

export function inputsView(page: Page, { inputs }: InputsDocument): void {
  if (inputs.length === 0) page.line('No inputs.')
  const rows = inputs.map((one) => [
    visible(one.path),
    size(one.size),
    one.reason === null ? page.styles.faint(shortDigest(one.digests)) : page.styles.warn(one.reason),
    one.producer === null
      ? one.sourced === 'commit'
        ? 'in commit'
        : page.styles.warn('no known source')
      : `from ${one.producer}`,
    page.styles.faint(`used by ${one.used_by.join(' ')}`),
  ])
  page.list(rows, 'inputs', 100, [{}, { align: 'right' }])
}
