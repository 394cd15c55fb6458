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
}

/** The cells of a row, one text a column, two characters wide: the cell and what leads to the next. Made when asked for, since thousands of lanes may lie beside each other. */
export class Cells {
  readonly width: number
  readonly #row: Row
  readonly #lanes: Lanes
  readonly #from: number
  readonly #to: number

  constructor(row: Row, lanes: Lanes) {
    this.#row = row
    this.#lanes = lanes
    let [from, to] = [row.node, row.node]
    for (const column of row.joined.keys()) [from, to] = [Math.min(from, column), Math.max(to, column)]
    this.#from = from
    this.#to = to
    this.width = Math.max(to + 1, lanes.width)
  }

  /** Of the first so many columns. */
  first(columns: number): string {
    let text = ''
    for (let column = 0; column < columns; column++) text += this.at(column)
    return text
  }

  at(column: number): string {
    return this.#cell(column) + (column >= this.#from && column < this.#to ? '─' : ' ')
  }

  #cell(column: number): string {
    const { node, sign, joined } = this.#row
    if (column === node) return sign
    const goesOn = joined.get(column)
    if (goesOn !== undefined) return joint(goesOn, column > this.#from, column < this.#to)
    // A lane that only passes breaks the line: it is not joined.
    if (this.#lanes.isTaken(column)) return '│'
    return column > this.#from && column < this.#to ? '─' : ' '
  }
}

function joint(goesOn: boolean, left: boolean, right: boolean): string {
  if (left && right) return goesOn ? '┼' : '┴'
  if (left) return goesOn ? '┤' : '╯'
  return goesOn ? '├' : '╰'
}
