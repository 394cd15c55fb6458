/**
 * What the launcher says, a line each. Read by a thread of Node's pool and not through a socket's stream: for such a stream Node loads its whole
 * network, a twentieth of the time of `roar run true`. A read is always under way until the launcher has closed the channel or is gone.
 */
import { read } from 'node:fs'

export type Report = readonly [word: string, ...numbers: string[]]

/** A short command has ended before anybody asks how: what nobody waits for yet is kept. */
export class Reports {
  readonly #kept: Report[] = []
  readonly #listeners = new Map<string, (report: Report) => void>()
  readonly #fd: number
  #rest = ''
  #ended = false
  #onEnd: (() => void)[] = []

  constructor(fd: number) {
    this.#fd = fd
    this.#read(Buffer.alloc(512))
  }

  on(word: string, listener: (report: Report) => void): void {
    this.#listeners.set(word, listener)
    const said = this.#kept.filter((report) => report[0] === word)
    for (const report of said) {
      this.#kept.splice(this.#kept.indexOf(report), 1)
      listener(report)
    }
  }

  /** The first report of one of these kinds; null when the launcher is gone. */
  next(words: readonly string[]): Promise<Report | null> {
    const kept = this.#kept.find((report) => words.includes(report[0]))
    return new Promise((resolve) => {
      if (kept) return resolve(kept)
      if (this.#ended) return resolve(null)
      this.#onEnd.push(() => resolve(null))
      for (const word of words) this.#listeners.set(word, resolve)
    })
  }

  /** A report that nobody has waited for. */
  said(word: string): Report | undefined {
    return this.#kept.find((report) => report[0] === word)
  }

  #read(buffer: Buffer): void {
    read(this.#fd, buffer, 0, buffer.length, null, (error, length) => {
      if (error || length === 0) return this.#end()
      this.#take(buffer.toString('latin1', 0, length))
      this.#read(buffer)
    })
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const report = line.split(' ') as unknown as Report
      const listener = this.#listeners.get(report[0])
      if (listener) listener(report)
      else this.#kept.push(report)
    }
  }

  #end(): void {
    this.#ended = true
    for (const tell of this.#onEnd) tell()
  }
}
