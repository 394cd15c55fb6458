/**
 * Node decodes its arguments as UTF-8 and loses every other byte. The kernel still has them: such an argument is spelled as our answers print such a
 * name (`b\xe9.txt`), and read back by `typed-path.ts`; words of a command that is run are kept whole (core/src/word-bytes.ts). Where there is no /proc it stays as Node has it.
 */
import { readFileSync } from 'node:fs'
import { display, fromBuffer, wordOfBytes } from '@roar/core'

const lost = '\ufffd'

type Spelling = (bytes: Buffer) => string

const printed: Spelling = (bytes) => display(fromBuffer(bytes))

/** The words at the end of our own command line that are somebody else's. */
export const wholeWords = (words: readonly string[]): readonly string[] => withBytes(words, commandLine, wordOfBytes)

export function withBytes(argv: readonly string[], read = commandLine, spell = printed): readonly string[] {
  if (!argv.some((word) => word.includes(lost))) return argv
  const words = read()
  if (words.length < argv.length) return argv
  const own = words.slice(words.length - argv.length)
  return argv.map((word, i) => (word.includes(lost) ? spell(own[i] as Buffer) : word))
}

function commandLine(): readonly Buffer[] {
  try {
    return parted(readFileSync('/proc/self/cmdline'))
  } catch {
    return []
  }
}

/** Each word ends in a NUL. */
export function parted(line: Buffer): readonly Buffer[] {
  const words: Buffer[] = []
  for (let from = 0, end = line.indexOf(0); end >= 0; from = end + 1, end = line.indexOf(0, from))
    words.push(line.subarray(from, end))
  return words
}
