/** What was moved, for people. */
import type { TransferDocument, TransferFile } from '../../transfer/transfer-document.ts'
import { visible } from '../escape.ts'
import { count, size } from '../humane.ts'
import type { Page } from '../page.ts'
import { shortDigest } from './short-digest.ts'

export function transferView(page: Page, { kind, dry_run, job, step, files, composites }: TransferDocument): void {
  const total = files.reduce((sum, one) => sum + (one.size ?? 0), 0)
  const done = kind === 'get' ? 'fetched' : 'sent'
  const what = `${count(files.length, 'file')}, ${size(total)}`
  page.line(
    dry_run
      ? `would be ${done}: ${what}`
      : `${page.styles.step(step ?? '')} ${page.styles.faint(job ?? '')} ${done}: ${what}`,
  )
  page.list(
    files.map((file) => cells(page, kind, file)),
    'files',
    20,
  )
  for (const { path, format, members, digests } of composites)
    page.line(
      `  ${visible(path)} is one artifact${format ? ` (${visible(format)})` : ''}: ${count(members, 'member')} ${page.styles.faint(shortDigest(digests))}`,
    )
}

function cells(page: Page, kind: 'get' | 'put', file: TransferFile): string[] {
  const [from, to] = kind === 'get' ? [file.url, file.path] : [file.path, file.url]
  return [visible(from), '→', visible(to), size(file.size), page.styles.faint(shortDigest(file.digests))]
}
