/** Takes secrets out of a command line: a word's own, and those that the word before announces. */
import { redactLine } from './redact-line.ts'
import type { NamePolicy } from './redact-named.ts'
import { announced, optionsOf } from './redact-options.ts'
import { redactText } from './redact-text.ts'
import { isNamedOpenly } from './secret-values.ts'

export function redactWords(words: readonly string[], policy: NamePolicy): readonly string[] {
  if (words.length < 2) return words.map((word) => ofFirst(word, policy))
  const ofOption = optionsOf(words)
  return words.map((word, i) => {
    if (i === 0) return ofFirst(word, policy)
    const before = words[i - 1] as string
    const value = partitionOf(before, word)
    if (value !== null) return `${word.slice(0, word.length - value.length)}${redactText(value, policy)}`
    if (isNamedOpenly(before, word) && /^-/.test(before)) return word
    if (/^gdown$/.test(words[0] as string) && isNamedOpenly('id', word)) return word
    const own = announced(before, word, policy, words[i - 2]) ?? ofOption(i)
    return own ?? (word.length < 6 ? word : redactText(/\s/.test(word) ? redactLine(word, policy) : word, policy))
  })
}

/** `--partition token=de`: a column and a value of it; null: none. */
const partitionOf = (before: string, word: string): string | null =>
  (/^--?partitions?$/.test(before) ? /^[A-Za-z_]\w*=([\w.:-]*)$/ : /^--partitions?=[A-Za-z_]\w*=([\w.:-]*)$/).exec(
    word,
  )?.[1] ?? null

const ofFirst = (word: string, policy: NamePolicy): string => (word.length < 16 ? word : redactText(word, policy))
