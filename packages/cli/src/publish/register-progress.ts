/** One line on the terminal while a publication is read and sent. */
import type { PublicationCounts, RegisterProgress } from '@roar/core'
import { grouped } from '../output/humane.ts'
import { terminalOf, writeAll } from '../output/terminal.ts'

/** Milliseconds before anything is shown, and between two looks. */
const patience = 300
const every = 100

export class RegisterProgressLine {
  readonly #silent: boolean
  readonly #begun = performance.now()
  #last = 0
  #shown = false

  constructor(silent: boolean) {
    this.#silent = silent || !terminalOf(2).tty
  }

  reading(jobs: number, of: number): void {
    this.#show(`reading: ${grouped(jobs)} of ${grouped(of)} jobs`)
  }

  sending({ phase, jobs, artifacts, links, members }: RegisterProgress, of: PublicationCounts): void {
    const total = of.jobs + of.artifacts + of.inputs + of.outputs + of.members
    const done = jobs + artifacts + links + members
    const part = phase === 'publishing' ? 'publishing' : `sending: ${Math.floor((done / Math.max(total, 1)) * 100)}%`
    this.#show(`${part}, ${grouped(jobs)} jobs, ${grouped(artifacts)} artifacts, ${grouped(links)} links`)
  }

  clear(): void {
    if (this.#shown) writeAll(2, '\r\u001b[K')
    this.#shown = false
  }

  #show(line: string): void {
    const now = performance.now()
    if (this.#silent || now - this.#begun < patience || now - this.#last < every) return
    this.#last = now
    this.#shown = true
    writeAll(2, `\r\u001b[K${line.slice(0, terminalOf(2).columns - 1)}`)
  }
}
