/** What was not seen, counted by reason and place. */
import { type BytePath, display, type Gap } from '@roar/core'

export class GapLedger {
  readonly #gaps = new Map<string, { code: string; count: number; detail: string }>()

  add(code: string, detail: string, count = 1): void {
    const key = `${code}\0${detail}`
    const known = this.#gaps.get(key)
    if (known) known.count += count
    else this.#gaps.set(key, { code, count, detail: display(detail as BytePath) })
  }

  list(): Gap[] {
    return [...this.#gaps.values()]
  }
}
