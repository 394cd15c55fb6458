/** Takes secrets out of what is about to leave the machine, and counts what kinds there were. */
import { redactedKinds } from '@roar/core'
import { createRedaction, type RedactionRules } from '@roar/host'

export interface SecretCount {
  /** Where it stood: `word of a command line`, `environment variable`, … */
  readonly where: string
  /** What it was: `github-token`, `password`, `high-entropy`, … */
  readonly kind: string
  readonly count: number
}

export class Secrets {
  readonly #redaction: ReturnType<typeof createRedaction>
  readonly #found = new Map<string, SecretCount>()

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
    return [...this.#found.values()].sort((a, b) => b.count - a.count)
  }

  /** What was taken out when it was recorded counts as well: somebody should know that it was there. */
  #counted(where: string, before: string, after: string): string {
    const kinds = redactedKinds(after)
    const isSilent = kinds.length === 0 && after !== before
    for (const kind of isSilent ? ['secret'] : kinds) this.#count(where, kind)
    return after
  }

  #count(where: string, kind: string): void {
    const name = `${where}\n${kind}`
    this.#found.set(name, { where, kind, count: (this.#found.get(name)?.count ?? 0) + 1 })
  }
}
