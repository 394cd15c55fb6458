/** Takes out of a shell's line what its programs are told by options of their own: `sh -c 'curl -u me:secret …'` is one word of the outer command. */
import { optionsOf, programsWithOptions } from './redact-words.ts'

/** Quoted parts hold blanks together; what divides commands begins a new one. */
const piece = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s;&|()`"'\\])+|[;&|()`\n]/g

export function redactLine(line: string): string {
  if (!programsWithOptions.test(line)) return line
  let command: string[] = []
  return line.replace(piece, (word) => {
    if (/^[;&|()`\n]$/.test(word)) {
      command = []
      return word
    }
    const before = command.at(-1)
    command.push(bare(word))
    const clean = before === undefined ? null : optionsOf(command)(before, bare(word))
    return clean === null ? word : `${quoteOf(word)}${clean}${quoteOf(word)}`
  })
}

const quoteOf = (word: string): string => /^(["']).*\1$/s.exec(word)?.[1] ?? ''
const bare = (word: string): string => (quoteOf(word) ? word.slice(1, -1) : word)
