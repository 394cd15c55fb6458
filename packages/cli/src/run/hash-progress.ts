/** One line on the terminal while hashing takes long: bytes, rate, time left. It is gone when the work is done. */
import type { HashProgress } from '@roar/core'
import { count, duration, size } from '../output/humane.ts'
import { terminalOf, writeAll } from '../output/terminal.ts'

/** Milliseconds before anything is shown: most runs hash for less. */
const patience = 500
const every = 100

export class HashProgressLine {
  readonly #terminal = terminalOf(2)
  #begun: number | null = null
  #last = 0
  #shown = false

  update(progress: HashProgress): void {
    if (!this.#terminal.tty) return
    const now = performance.now()
    this.#begun ??= now
    if (now - this.#begun < patience || now - this.#last < every) return
    this.#last = now
    this.#shown = true
    const line = progressText(progress, now - this.#begun).slice(0, this.#terminal.columns - 1)
    writeAll(2, `\r\u001b[K${line}`)
  }

  clear(): void {
    if (this.#shown) writeAll(2, '\r\u001b[K')
    this.#shown = false
  }
}

/** `elapsed` in milliseconds. */
function progressText({ files, totalFiles, bytes, totalBytes }: HashProgress, elapsed: number): string {
  const rate = bytes / (elapsed / 1000)
  const of = totalBytes === null ? '' : ` of ${size(totalBytes)}`
  const left = totalBytes === null || rate <= 0 ? '' : `, ${duration(((totalBytes - bytes) / rate) * 1000)} left`
  return `hashing: ${files} of ${count(totalFiles, 'file')}, ${size(bytes)}${of}, ${size(Math.round(rate))}/s${left}`
}
