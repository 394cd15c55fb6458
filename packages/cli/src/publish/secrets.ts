/** Takes secrets out of what is about to leave the machine, and counts what kinds there were. */
import { redactionsIn } from '@roar/core'
import { createRedaction, type RedactionRules } from '@roar/host'

export interface SecretCount {
  /** Where it stood: `word of a command line`, `environment variable`, … */
  readonly where: string
  readonly count: number
}

export class Secrets {
  readonly #redaction: ReturnType<typeof createRedaction>
  readonly #found = new Map<string, number>()

  constructor(rules: RedactionRules) {
    this.#redaction = createRedaction(rules)
  }

  text(where: string, text: string): string {
    return this.#counted(where, text, this.#redaction.text(text))
  }

  value(where: string, name: string, value: string): string {
    return this.#counted(where, value, this.#redaction.value(name, value))
  }

  values(where: string, values: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.value(where, name, value)]))
  }

  words(where: string, words: readonly string[]): string[] {
    const clean = this.#redaction.words(words)
    return words.map((word, i) => this.#counted(where, word, clean[i] as string))
  }

  /** Most first. */
  counts(): readonly SecretCount[] {
    return [...this.#found].map(([where, count]) => ({ where, count })).sort((a, b) => b.count - a.count)
  }

  #counted(where: string, before: string, after: string): string {
    // What was taken out when it was recorded counts as well: somebody should know that it was there.
    if (after !== before || redactionsIn([before]).length > 0) this.#found.set(where, (this.#found.get(where) ?? 0) + 1)
    return after
  }
}
