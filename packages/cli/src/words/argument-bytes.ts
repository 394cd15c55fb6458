/**
 * Node decodes its arguments as UTF-8 and loses every other byte. The kernel still has them: such an argument is spelled as our answers print such a
 * name (`b\xe9.txt`), and read back by `typed-path.ts`. Where there is no /proc it stays as Node has it.
 */
import { readFileSync } from 'node:fs'
import { display, fromBuffer } from '@roar/core'

const lost = '\ufffd'

export function withBytes(argv: readonly string[], read = commandLine): readonly string[] {
  if (!argv.some((word) => word.includes(lost))) return argv
  const words = read()
  if (words.length < argv.length) return argv
  const own = words.slice(words.length - argv.length)
  return argv.map((word, i) => (word.includes(lost) ? display(fromBuffer(own[i] as Buffer)) : word))
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
