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
  const form = parts.filter((_, i) => i % 2 === 0).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const values = new RegExp(`^${form.join('(.+?)')}$`, 's').exec(given)?.slice(1) ?? []
  values.forEach((value, i) => {
    const isNew = value.length >= shortest && mayBeSecret(value) && !learned.some((one) => one.value === value)
    if (isNew) learned.push({ value, kind: kinds[i] as string })
  })
}
