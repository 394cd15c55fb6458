/** Columns aligned by display width. */
import { displayWidth, padEnd, padStart } from './width.ts'

export interface Column {
  readonly align?: 'left' | 'right'
}

/** Rows as lines; the last column is not padded, so that no line ends in blanks. */
export function tableLines(rows: readonly (readonly string[])[], columns: readonly Column[] = []): readonly string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  }
  return rows.map((row) =>
    row.map((cell, index) => padded(cell, widths[index] ?? 0, columns[index], index === row.length - 1)).join('  '),
  )
}

function padded(cell: string, width: number, column: Column | undefined, last: boolean): string {
  if (column?.align === 'right') return padStart(cell, width)
  return last ? cell : padEnd(cell, width)
}
