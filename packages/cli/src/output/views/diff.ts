/** Where two lineages went apart, for people. */
import type { DiffDocument } from '@roar/core'
import { shellWords, visible } from '../escape.ts'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'

type Divergence = DiffDocument['divergences'][number]

export function diffView(page: Page, document: DiffDocument): void {
  if (document.same) {
    page.line(page.styles.good('They are the same.'))
    return
  }
  const [first, ...later] = document.divergences
  if (first) divergenceView(page, first, 'First divergence')
  if (document.content) contentView(page, document.content)
  for (const one of page.verbosity > 0 ? later : []) divergenceView(page, one, 'Then')
  if (later.length > 0 && page.verbosity === 0)
    page.line(page.styles.faint(`\n${count(later.length, 'job')} after it differ, too (-v shows them).`))
  for (const [jobs, where] of [
    [document.only_in_a, 'A'],
    [document.only_in_b, 'B'],
  ] as const)
    for (const job of jobs) page.line(`only in ${where}: ${page.styles.step(job.step)}  ${shellWords(job.argv)}`)
  if (!first && document.only_in_a.length + document.only_in_b.length === 0)
    page.line('They are different contents, and no recorded job tells how both were made.')
}

function divergenceView(page: Page, { a, b, causes, outputs, explained }: Divergence, title: string): void {
  page.heading(`${title}: ${page.styles.step(a.step)} ${a.uid} and ${page.styles.step(b.step)} ${b.uid}`)
  page.line(`  ${shellWords(a.argv)}`)
  page.list(
    causes.map((one) => [page.styles.warn(one.kind), visible(one.what), `${side(one.a)} → ${side(one.b)}`]),
    'differences',
    12,
  )
  if (!explained)
    page.line(
      '  Everything that was observed is the same: a random source, a clock, a race, or something that no tracer sees.',
    )
  page.list(
    outputs.map((one) => [page.styles.faint('made'), visible(one.path), `${side(one.a)} → ${side(one.b)}`]),
    'outputs',
    6,
  )
}

function contentView(page: Page, content: NonNullable<DiffDocument['content']>): void {
  page.line(`  ${page.styles.heading(visible(content.path))} compared as values: ${content.verdict}`)
  if (content.difference) page.line(`      ${visible(content.difference)}`)
}

/** Digests are cut: twelve digits tell two apart. */
const side = (text: string | null): string =>
  text === null ? '(none)' : visible(text.replace(/^([\w-]+:[0-9a-f]{12})[0-9a-f]+$/, '$1'))
