/** Columns aligned by display width. */
import { displayWidth, padEnd, padStart } from './width.ts'

export interface Column {
  readonly align?: 'left' | 'right'
}

/** Rows as lines; the last column is not padded, so that no line ends in blanks. */
export function tableLines(rows: readonly (readonly string[])[], columns: readonly Column[] = []): readonly string[] {
  const widths: number[] = []
  widen(widths, rows)
  return rows.map((row) => tableLine(row, widths, columns))
}

/** To what the rows need. */
export function widen(widths: number[], rows: readonly (readonly string[])[]): void {
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  }
}

export const tableLine = (row: readonly string[], widths: readonly number[], columns: readonly Column[]): string =>
  row.map((cell, index) => padded(cell, widths[index] ?? 0, columns[index], index === row.length - 1)).join('  ')

function padded(cell: string, width: number, column: Column | undefined, last: boolean): string {
  if (column?.align === 'right') return padStart(cell, width)
  return last ? cell : padEnd(cell, width)
}
