/** Rows of a table as plain text, part by part: a fifth of what they take as cells. */

/** Characters; rows beyond them are not kept, nor is anything then. */
const mostText = 32 << 20

/** Neither is in a cell: what is printed has no control characters but our own colours. */
const [betweenCells, betweenRows] = ['\0', '\n']

export class KeptRows {
  #texts: string[] = []
  #length = 0

  add(rows: readonly (readonly string[])[]): void {
    if (rows.length === 0 || this.#length > mostText) return
    const text = rows.map((row) => row.join(betweenCells)).join(betweenRows)
    this.#texts.push(text)
    this.#length += text.length
    if (this.#length > mostText) this.#texts = []
  }

  /** Null: it was too much. */
  all(): Iterable<readonly (readonly string[])[]> | null {
    return this.#length > mostText ? null : parts(this.#texts)
  }
}

function* parts(texts: readonly string[]): Generator<readonly (readonly string[])[]> {
  for (const text of texts) yield text.split(betweenRows).map((row) => row.split(betweenCells))
}
