/** What was not seen, counted by reason and place. */

/** A path in `detail` has one char per byte. */
export interface CountedGap {
  readonly code: string
  readonly count: number
  readonly detail: string
}

export class GapLedger {
  readonly #gaps = new Map<string, { code: string; count: number; detail: string }>()

  add(code: string, detail: string, count = 1): void {
    const key = `${code}\0${detail}`
    const known = this.#gaps.get(key)
    if (known) known.count += count
    else this.#gaps.set(key, { code, count, detail })
  }

  list(): CountedGap[] {
    return [...this.#gaps.values()]
  }
}
