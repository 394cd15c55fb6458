/** Text for people, line by line: headings, fields, tables, lists that are cut with a count. */
import { grouped } from './humane.ts'
import { KeptRows } from './kept-rows.ts'
import type { Parts } from './parts.ts'
import type { Styles } from './styles.ts'
import { type Column, tableLine, widen } from './table.ts'
import { fit, padEnd } from './width.ts'

/** Of a list, without `-v`. */
export const shownRows = 20

export interface PageOptions {
  readonly styles: Styles
  readonly columns: number
  readonly verbosity: number
  /** Takes the lines while the page is made, where they may be very many. */
  readonly write?: (text: string) => void
}

/** So many lines are kept until they are written. */
const mostKept = 1024

export class Page {
  readonly styles: Styles
  readonly columns: number
  /** 0, 1 (`-v`), 2 (`-vv`). */
  readonly verbosity: number
  readonly #write: ((text: string) => void) | undefined
  #lines: string[] = []
  #begun = false

  constructor(options: PageOptions) {
    this.styles = options.styles
    this.columns = options.columns
    this.verbosity = options.verbosity
    this.#write = options.write
  }

  /** A line as it is, whatever its width. */
  line(text = ''): void {
    this.#begun = true
    this.#lines.push(text)
    if (this.#lines.length >= mostKept) this.end()
  }

  /** Hands on what is kept. */
  end(): void {
    if (this.#write === undefined) return
    this.#write(this.text())
    this.#lines = []
  }

  /** A line cut to the terminal's width. */
  fitted(text: string): void {
    this.line(Number.isFinite(this.columns) ? fit(text, this.columns) : text)
  }

  heading(text: string): void {
    if (this.#begun) this.line()
    this.line(this.styles.heading(text))
  }

  field(name: string, value: string): void {
    this.line(`  ${this.styles.faint(padEnd(name, 11))} ${value}`)
  }

  table(rows: readonly (readonly string[])[], columns: readonly Column[] = [], indent = '  '): void {
    const widths: number[] = []
    widen(widths, rows)
    for (const row of rows) this.fitted(indent + tableLine(row, widths, columns))
  }

  /** Measured, then printed: kept as text meanwhile, and asked for once more where that would be too much. */
  async tableOfParts(rows: Parts<readonly string[]>, columns: readonly Column[] = [], indent = '  '): Promise<void> {
    const widths: number[] = []
    const kept = new KeptRows()
    for await (const some of rows.each()) {
      widen(widths, some)
      kept.add(some)
    }
    for await (const some of kept.all() ?? rows.each())
      for (const row of some) this.fitted(indent + tableLine(row, widths, columns))
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
