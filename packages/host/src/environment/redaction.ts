/** Keeps secrets out of records: by the name they stand under, by how they look, and by the user's own variables that hold them. */

import { type Literal, learnFrom } from '../secrets/learned.ts'
import { redactName } from '../secrets/redact-name.ts'
import type { NamePolicy } from '../secrets/redact-named.ts'
import { redactText } from '../secrets/redact-text.ts'
import { redactWords } from '../secrets/redact-words.ts'
import { isSecretName, kindOfName, marker } from '../secrets/secret-names.ts'
import { isPlace, saysNothing } from '../secrets/secret-values.ts'

export interface RedactionRules {
  /** Further names whose values are secret; `*` matches any text. */
  readonly names: readonly string[]
  /** Names that are no secrets although they look so. */
  readonly keep: readonly string[]
  /** Whose secret values are found again in every text: a shell puts `$TOKEN` into a command line as it stands. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface Redaction {
  /** The value as it may be recorded. */
  value(name: string, value: string): string
  /** A text without a name of its own. */
  text(text: string): string
  /** Words with dashes between them, of which one may be a secret: the name of a branch. */
  name(name: string): string
  /** A command line. */
  words(words: readonly string[]): readonly string[]
}

/** Words of a build's command lines are the same ones by the ten thousand. */
const remembered = 20_000

export function createRedaction({ names, keep, env = {} }: RedactionRules): Redaction {
  const policy: NamePolicy = { isNamed: anyPattern(names), isKept: anyPattern(keep) }
  const literals = secretValues(env, policy)
  const known = new Map<string, string>()
  const learned: Literal[] = []
  const text = (given: string): string => {
    if (given.length < 6) return given
    let clean = known.get(given)
    if (clean === undefined) {
      clean = redactText(withoutLiterals(given, literals), policy)
      if (known.size >= remembered) known.clear()
      known.set(given, clean)
    }
    return withoutLiterals(clean, learned)
  }
  const value = (name: string, given: string): string => {
    if (policy.isNamed(name)) return marker(kindOfName(name))
    if (policy.isKept(name)) return given
    return isSecretName(name) ? marker(kindOfName(name)) : text(given)
  }
  const words = (given: readonly string[]): readonly string[] => {
    const clean = redactWords(
      literals.length === 0 ? given : given.map((word) => withoutLiterals(word, literals)),
      policy,
    )
    clean.forEach((word, i) => {
      learnFrom(given[i] as string, word, learned)
    })
    return learned.length === 0 ? clean : clean.map((word) => withoutLiterals(word, learned))
  }
  const name = (given: string): string => redactName(text(given))
  return { value, text, name, words }
}

export function anyPattern(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((one) => !one.includes('*')))
  const globs = patterns.filter((one) => one.includes('*')).map((one) => one.split('*'))
  return (name) => exact.has(name) || globs.some((parts) => isMatch(parts, name))
}

/** By hand: there are fifty of them, and to compile fifty expressions takes every start a millisecond. Each part is taken where it comes first. */
function isMatch(parts: readonly string[], name: string): boolean {
  const [first, ...rest] = parts as [string, ...string[]]
  const last = rest.pop() ?? ''
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/** Long enough not to be found by chance. The longest first: one may be part of another. */
function secretValues(env: NonNullable<RedactionRules['env']>, { isNamed, isKept }: NamePolicy): readonly Literal[] {
  const found: Literal[] = []
  for (const [name, value = ''] of Object.entries(env)) {
    if (value.length < 8 || isKept(name) || !(isNamed(name) || isSecretName(name))) continue
    if (!isPlace(value) && !saysNothing(value) && !/^[\d.,:-]+$/.test(value))
      found.push({ value, kind: kindOfName(name) })
  }
  return found.sort((a, b) => b.value.length - a.value.length)
}

function withoutLiterals(text: string, literals: readonly Literal[]): string {
  let clean = text
  for (const { value, kind } of literals) if (clean.includes(value)) clean = clean.replaceAll(value, marker(kind))
  return clean
}
