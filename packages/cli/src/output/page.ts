/** Text for people, line by line: headings, fields, tables, lists that are cut with a count. */
import { grouped } from './humane.ts'
import type { Styles } from './styles.ts'
import { type Column, tableLines } from './table.ts'
import { fit, padEnd } from './width.ts'

/** Of a list, without `-v`. */
export const shownRows = 20

export interface PageOptions {
  readonly styles: Styles
  readonly columns: number
  readonly verbosity: number
}

export class Page {
  readonly styles: Styles
  readonly columns: number
  /** 0, 1 (`-v`), 2 (`-vv`). */
  readonly verbosity: number
  readonly #lines: string[] = []

  constructor(options: PageOptions) {
    this.styles = options.styles
    this.columns = options.columns
    this.verbosity = options.verbosity
  }

  /** A line as it is, whatever its width. */
  line(text = ''): void {
    this.#lines.push(text)
  }

  /** A line cut to the terminal's width. */
  fitted(text: string): void {
    this.#lines.push(Number.isFinite(this.columns) ? fit(text, this.columns) : text)
  }

  heading(text: string): void {
    if (this.#lines.length > 0) this.line()
    this.line(this.styles.heading(text))
  }

  field(name: string, value: string): void {
    this.line(`  ${this.styles.faint(padEnd(name, 11))} ${value}`)
  }

  table(rows: readonly (readonly string[])[], columns: readonly Column[] = [], indent = '  '): void {
    for (const line of tableLines(rows, columns)) this.fitted(indent + line)
  }

  /** At most `limit` rows (all with `-v`), then how many more there are of `all`. */
  list(
    rows: readonly (readonly string[])[],
    what: string,
    limit = shownRows,
    columns: readonly Column[] = [],
    all = rows.length,
  ): void {
    const shown = this.verbosity > 0 ? rows : rows.slice(0, limit)
    this.table(shown, columns)
    if (shown.length < all)
      this.line(this.styles.faint(`  … and ${grouped(all - shown.length)} more ${what} (-v shows all)`))
  }

  text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`
  }
}
