/** Notes and marks, for people. */
import type { HistoryDocument, LabelDocument, TagDocument } from '@roar/core'
import { visible } from '../escape.ts'
import { localTime } from '../humane.ts'
import type { Page } from '../page.ts'

const heading = ({ of, name }: LabelDocument['target']): string => `${of} ${name.slice(0, of === 'job' ? 8 : 16)}`

export function labelView(page: Page, { target, labels }: LabelDocument): void {
  page.line(page.styles.heading(heading(target)))
  const rows = labelRows(labels)
  if (rows.length === 0) page.line('  no labels')
  page.table(rows)
}

export function labelRows(labels: Readonly<Record<string, unknown>>, before = ''): readonly (readonly string[])[] {
  return Object.entries(labels).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? labelRows(value as Record<string, unknown>, `${before}${name}.`)
      : [[visible(before + name), visible(typeof value === 'string' ? value : JSON.stringify(value))]],
  )
}

/** `model.depth` and the like, as they are typed. */
export const labelNames = (labels: Readonly<Record<string, unknown>>, before = ''): readonly string[] =>
  Object.entries(labels).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? labelNames(value as Record<string, unknown>, `${before}${name}.`)
      : [before + name],
  )

export function historyView(page: Page, { target, changes }: HistoryDocument): void {
  page.line(page.styles.heading(heading(target)))
  if (changes.length === 0) page.line('  nothing was ever noted')
  page.list(
    changes.map(({ at, change, name, value }) => [
      localTime(at as string),
      change,
      visible(value === null ? name : `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
    ]),
    'changes',
  )
}

export function tagView(page: Page, { target, marks }: TagDocument): void {
  page.line(page.styles.heading(heading(target)))
  if (marks.length === 0) page.line('  no marks')
  page.table(
    marks.map(({ name, value, own, from }) => [
      visible(`${name}=${value}`),
      own
        ? 'put here'
        : `from ${from.map(({ of, name, path, step }) => visible(path ?? step ?? `${of} ${name.slice(0, 8)}`)).join(', ')}`,
    ]),
  )
}
