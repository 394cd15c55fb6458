/** Secrets that a telling name has shown once: a job's other commands may have them without it. */
import { mayBeSecret } from './secret-values.ts'

export interface Literal {
  readonly value: string
  readonly kind: string
}

/** Shorter ones are words (`POSTGRES_PASSWORD=postgres`), which others may be, too. */
const shortest = 10
const longestLooked = 2048
const mostKept = 200
const mostMarkers = 6
const marker = /<redacted:([\w-]+)>/

/** Of a word before and behind its redaction. */
export function learnFrom(given: string, clean: string, learned: Literal[]): void {
  if (given === clean || clean.length > longestLooked || given.length > longestLooked || learned.length >= mostKept)
    return
  const parts = clean.split(marker)
  if (parts.length < 3 || parts.length > 2 * mostMarkers + 1) return
  const kinds = parts.filter((_, i) => i % 2 === 1)
  const values = between(
    given,
    parts.filter((_, i) => i % 2 === 0),
  )
  values.forEach((value, i) => {
    const isNew = value.length >= shortest && mayBeSecret(value) && !learned.some((one) => one.value === value)
    if (isNew) learned.push({ value, kind: kinds[i] as string })
  })
}

/** What stands between these parts of a text, each at the first place where it can be: no pattern, which would try all of them. Empty where they do not fit. */
function between(text: string, parts: readonly string[]): readonly string[] {
  const [first = '', ...rest] = parts
  if (!text.startsWith(first)) return []
  const values: string[] = []
  let at = first.length
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1
    const end = isLast ? text.length - part.length : text.indexOf(part, at + 1)
    if (end <= at || (isLast && !text.endsWith(part))) return []
    values.push(text.slice(at, end))
    at = end + part.length
  }
  return values
}
