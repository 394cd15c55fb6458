/**
 * Reads the words of a command that are of a plain form, for which no parser has to be loaded: options that stand alone or before their value, and
 * one REF. Strict: whatever could mean something else to the parser is left to it.
 */
import { commonOptions, type Flag, type Given, type Options, type Text } from './options.ts'

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
    const found = named(options, word)
    if (found === null && isPlain(word) && takesRef && ref === undefined) ref = word
    else if (/^-v+$/.test(word)) verbosity += word.length - 1
    else if (found?.[1].is === 'flag') given[found[0]] = true
    else if (found !== null && given[found[0]] === undefined && isValue(words[at + 1])) given[found[0]] = words[++at]
    else return null
  }
  return { given: given as Given<O & typeof commonOptions>, verbosity, ref }
}

const nothingOf = (options: Options): Record<string, boolean | string | undefined> =>
  Object.fromEntries(Object.entries(options).map(([key, { is }]) => [key, is === 'flag' ? false : undefined]))

const named = (options: Options, word: string): [string, Flag | Text] | null =>
  Object.entries(options).find(([, { names }]) => names.split(',').includes(word)) ?? null

const isPlain = (word: string | undefined): boolean => word !== undefined && /^[^-]/.test(word)

/** A single dash is a value: `--svg -`. */
const isValue = (word: string | undefined): boolean => word === '-' || isPlain(word)
