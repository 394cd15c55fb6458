/**
 * The columns of a drawn graph. A column carries one content from the row that makes it to the last row that uses it; a row is drawn
 * cell by cell: the node, the lanes that join it, the lanes that only pass.
 *
 *     ○      raw.csv
 *     ●      @1 prepare
 *     ├─○    train.csv
 *     ○ │    test.csv
 *     │ ●    @2 train
 *     │ ○    model.json
 *     ●─╯    @3 evaluate
 */
export type Occupant = object

export class Lanes {
  readonly #columns: (Occupant | null)[] = []

  columnOf(occupant: Occupant): number {
    return this.#columns.indexOf(occupant)
  }

  /** The leftmost free column. */
  take(occupant: Occupant): number {
    const free = this.#columns.indexOf(null)
    const column = free === -1 ? this.#columns.length : free
    this.#columns[column] = occupant
    return column
  }

  /** Hands a column on: a job to what it makes, a content to the job that uses it last. */
  put(column: number, occupant: Occupant | null): void {
    this.#columns[column] = occupant
    while (this.#columns.length > 0 && this.#columns.at(-1) === null) this.#columns.pop()
  }

  isTaken(column: number): boolean {
    return (this.#columns[column] ?? null) !== null
  }

  get width(): number {
    return this.#columns.length
  }
}

export interface Row {
  readonly node: number
  readonly sign: string
  /** Columns joined to the node by this row; the value says whether the lane goes on below. */
  readonly joined: ReadonlyMap<number, boolean>
  /** Columns that only pass. */
  readonly passing: ReadonlySet<number>
}

/** One text a column, two characters wide: the cell and what leads to the next. */
export function cells(row: Row): readonly string[] {
  const ends = [row.node, ...row.joined.keys()]
  const from = Math.min(...ends)
  const to = Math.max(...ends)
  const width = Math.max(to + 1, ...[...row.passing].map((column) => column + 1))
  return Array.from(
    { length: width },
    (_, column) => cell(row, column, from, to) + (column >= from && column < to ? '─' : ' '),
  )
}

function cell(row: Row, column: number, from: number, to: number): string {
  if (column === row.node) return row.sign
  const goesOn = row.joined.get(column)
  if (goesOn !== undefined) return joint(goesOn, column > from, column < to)
  // A lane that only passes breaks the line: it is not joined.
  if (row.passing.has(column)) return '│'
  return column > from && column < to ? '─' : ' '
}

function joint(goesOn: boolean, left: boolean, right: boolean): string {
  if (left && right) return goesOn ? '┼' : '┴'
  if (left) return goesOn ? '┤' : '╯'
  return goesOn ? '├' : '╰'
}
