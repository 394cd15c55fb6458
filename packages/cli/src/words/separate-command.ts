/** Parts roar's own options from the command that follows them: everything from its first word on is not ours to read. */

export interface Separated {
  readonly options: readonly string[]
  readonly command: readonly string[]
}

/** `withValue`: options that take the next word. A `--` before the command is not part of it. */
export function separateCommand(words: readonly string[], withValue: ReadonlySet<string>): Separated {
  let at = 0
  while (at < words.length) {
    const word = words[at] as string
    if (word === '--') return { options: words.slice(0, at), command: words.slice(at + 1) }
    if (!word.startsWith('-') || word === '-') break
    at += withValue.has(word) ? 2 : 1
  }
  return { options: words.slice(0, at), command: words.slice(at) }
}
