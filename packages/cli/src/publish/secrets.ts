/** Takes secrets out of what is about to leave the machine, and counts what kinds there were. */
import { createRedaction, isSecretName, type RedactionRules, redacted } from '@roar/host'

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

  /** An option named like a secret has it in the next word. */
  words(where: string, words: readonly string[]): string[] {
    return words.map((word, i) => {
      const option = /^--?([A-Za-z][\w-]*)$/.exec(words[i - 1] ?? '')?.[1]
      const secret = option !== undefined && isSecretName(option.replaceAll('-', '_')) && !word.startsWith('-')
      return secret ? this.#counted(where, word, redacted) : this.text(where, word)
    })
  }

  /** Most first. */
  counts(): readonly SecretCount[] {
    return [...this.#found].map(([where, count]) => ({ where, count })).sort((a, b) => b.count - a.count)
  }

  #counted(where: string, before: string, after: string): string {
    // What was taken out when it was recorded counts as well: somebody should know that it was there.
    if (after !== before || before.includes(redacted)) this.#found.set(where, (this.#found.get(where) ?? 0) + 1)
    return after
  }
}
