/**
 * By what the name of a file is found: its tails from the beginning of each directory and of each word of its last part, in lower case. In the public
 * realm a tail is found by any beginning of it. In a private one nothing that keeps an order could be stored without telling names apart by guesses,
 * so there whole words, parts and tails are kept as keyed hashes, and are found whole.
 */
import { keyedName, type Realm } from './realm.ts'

/** Bytes of a tail that are kept; what lies behind them is compared with the path itself. */
const longest = 48
/** Deeper directories than these have no beginning of their own. */
const mostStarts = 12

/** What is stored for this path, each once. */
export function nameForms(realm: Realm, path: string): readonly Buffer[] {
  const text = path.toLowerCase()
  const tails = startsOf(text).map((at) => text.slice(at))
  if (!realm.keys) return distinct(tails.map(cut))
  const whole = tails.flatMap((tail) => [tail, tail.split('/')[0] as string, firstWord(tail)])
  return distinct([...new Set(whole)].map((one) => keyedName(realm, one)))
}

/** Where the forms lie that fit the words: [from, to). One form alone in a private realm. */
export function nameRange(realm: Realm, words: string): { from: Buffer; to: Buffer } {
  const from = realm.keys ? keyedName(realm, words.toLowerCase()) : cut(words.toLowerCase())
  return { from, to: successor(from) }
}

/** From the last part on to the first. */
function startsOf(text: string): number[] {
  const last = text.lastIndexOf('/', text.length - 2) + 1
  const words = [...text.slice(last).matchAll(wordStart)].map(({ index }) => last + index)
  const directories = [...text.slice(0, last).matchAll(/(?<=^|\/)[^/]/g)].map(({ index }) => index)
  return [...new Set([last, ...words, ...directories.reverse()])].slice(0, mostStarts)
}

const wordStart = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu
const firstWord = (text: string): string => /^[\p{L}\p{N}]+/u.exec(text)?.[0] ?? text
const cut = (text: string): Buffer => Buffer.from(text).subarray(0, longest)
const distinct = (forms: readonly Buffer[]): Buffer[] => [
  ...new Map(forms.map((one) => [one.toString('latin1'), one])).values(),
]

/** The first form behind all that begin so; none has a byte 255 at its end that could not be counted up, unless it is a hash of nothing else. */
function successor(form: Buffer): Buffer {
  const next = Buffer.from(form)
  for (let at = next.length - 1; at >= 0; at--) {
    if ((next[at] as number) === 255) continue
    next[at] = (next[at] as number) + 1
    return next.subarray(0, at + 1)
  }
  return Buffer.alloc(longest + 1, 255)
}
