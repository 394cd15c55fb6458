/** Warnings that come while a command has the terminal: said once it has ended, each once; those that come later are said at once. */
import { type Report, visibleLines } from '../output/report.ts'

export class HeldWarnings {
  readonly #known = new Set<string>()
  readonly #report: Report
  #held: string[] | null = []

  constructor(report: Report) {
    this.#report = report
  }

  readonly warn = (message: string): void => {
    if (this.#known.has(message)) return
    this.#known.add(message)
    if (this.#held) this.#held.push(message)
    else this.#say(message)
  }

  release(): void {
    for (const one of this.#held ?? []) this.#say(one)
    this.#held = null
  }

  #say(message: string): void {
    this.#report.warn(visibleLines(message))
  }
}
