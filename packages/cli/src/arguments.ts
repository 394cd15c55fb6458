/** Finds the command in an argument list, without a parser: common options may stand before it, as with git. */
export interface SplitArguments {
  /** `['config', 'get']`; empty when there is none. */
  readonly path: readonly string[]
  /** What is left, with the common options that stood before the command in front. */
  readonly rest: readonly string[]
  /** The first word that is no option, known or not. */
  readonly word: string | null
}

/** Common options that take a value of their own. */
const withValue = new Set(['-C', '--color'])

export function splitArguments(argv: readonly string[], commands: ReadonlySet<string>): SplitArguments {
  let start = 0
  while (start < argv.length && (argv[start] as string).startsWith('-'))
    start += withValue.has(argv[start] as string) ? 2 : 1
  const leading = argv.slice(0, start)
  const words = argv.slice(start)
  const length = pathLength(words, commands)
  return { path: words.slice(0, length), rest: [...leading, ...words.slice(length)], word: words[0] ?? null }
}

function pathLength(words: readonly string[], commands: ReadonlySet<string>): number {
  if (commands.has(words.slice(0, 2).join(' ')) && words.length > 1) return 2
  return commands.has(words[0] ?? '') ? 1 : 0
}

/** `--registry` stands alone, or has an address: behind a `=`, or as the next word. The parser knows the first two. */
export function joinRegistry(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--registry')
  const end = words.indexOf('--')
  const address = words[at + 1]
  if (at < 0 || (end >= 0 && end < at) || !/^https?:\/\//i.test(address ?? '')) return words
  return [...words.slice(0, at), `--registry=${address}`, ...words.slice(at + 2)]
}
