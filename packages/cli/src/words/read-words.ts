/**
 * Reads the words of a command that are of a plain form, for which no parser has to be loaded: options that stand alone or before their value, and
 * one REF. Strict: whatever could mean something else to the parser is left to it.
 */
import { commonOptions, type Given, type Options } from './options.ts'

export interface Words<O extends Options> {
  readonly given: Given<O & typeof commonOptions>
  readonly verbosity: number
  readonly ref: string | undefined
}

/** Null: let the parser read them, or refuse them. */
export function readWords<O extends Options>(words: readonly string[], own: O, takesRef: boolean): Words<O> | null {
  const options = { ...commonOptions, ...own }
  const given = nothingOf(options)
  let verbosity = 0
  let ref: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const [key, option] = named(options, word) ?? ['', null]
    if (option === null && isPlain(word) && takesRef && ref === undefined) ref = word
    else if (/^-v+$/.test(word)) verbosity += word.length - 1
    else if (option === null || !take(given, key, option, words[at + 1])) return null
    else if (option.is !== 'flag') at++
  }
  return { given: given as Given<O & typeof commonOptions>, verbosity, ref }
}

type Taken = Record<string, boolean | string | string[] | undefined>
type AnyOption = Options[string]

const nothing = { flag: () => false, text: () => undefined, list: (): string[] => [] }

const nothingOf = (options: Options): Taken =>
  Object.fromEntries(Object.entries(options).map(([key, { is }]) => [key, nothing[is]()]))

const named = (options: Options, word: string): [string, AnyOption] | null =>
  Object.entries(options).find(([, { names }]) => names.split(',').includes(word)) ?? null

/** False: of no plain form. */
function take(given: Taken, key: string, { is }: AnyOption, next: string | undefined): boolean {
  const before = given[key]
  if (is === 'flag') given[key] = true
  else if (next === undefined || !isValue(next)) return false
  else if (Array.isArray(before)) before.push(next)
  else if (before === undefined) given[key] = next
  else return false
  return true
}

const isPlain = (word: string): boolean => /^[^-]/.test(word)

/** A single dash is a value: `--svg -`. */
const isValue = (word: string): boolean => word === '-' || isPlain(word)
