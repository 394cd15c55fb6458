/** One line on the terminal while bytes move: how many of how many, how fast, how long still. */
import { visible } from '../output/escape.ts'
import { duration, size } from '../output/humane.ts'
import { terminalOf, writeAll } from '../output/terminal.ts'

const every = 100

export class TransferLine {
  readonly #terminal = terminalOf(2)
  readonly #begun = performance.now()
  readonly #total: number | null
  #bytes = 0
  #last = 0
  #shown = false
  #name = ''

  /** Null: nobody knows. */
  constructor(total: number | null) {
    this.#total = total
  }

  file(name: string): void {
    this.#name = name
  }

  add(bytes: number): void {
    this.#bytes += bytes
    const now = performance.now()
    if (!this.#terminal.tty || now - this.#last < every) return
    this.#last = now
    this.#shown = true
    writeAll(2, `\r\u001b[K${this.#text(now - this.#begun).slice(0, this.#terminal.columns - 1)}`)
  }

  clear(): void {
    if (this.#shown) writeAll(2, '\r\u001b[K')
    this.#shown = false
  }

  #text(elapsed: number): string {
    const rate = this.#bytes / Math.max(elapsed / 1000, 0.001)
    const known = this.#total !== null && rate > 0
    const of = this.#total === null ? '' : ` of ${size(this.#total)}`
    const left = known ? `, ${duration((((this.#total ?? 0) - this.#bytes) / rate) * 1000)} left` : ''
    return `${visible(this.#name)}: ${size(this.#bytes)}${of}, ${size(Math.round(rate))}/s${left}`
  }
}
