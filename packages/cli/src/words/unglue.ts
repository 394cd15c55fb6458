/** `-n5`, as `head` and `git log` take it: the parser knows a short option and its value only as two words. */

/** `withValue`: the short options that take one. Words behind `--` are somebody else's. */
export function unglue(words: readonly string[], withValue: ReadonlySet<string>): readonly string[] {
  const end = words.indexOf('--')
  const own = end < 0 ? words : words.slice(0, end)
  const rest = words.slice(own.length)
  return [...own.flatMap((word) => (isGlued(word, withValue) ? [word.slice(0, 2), word.slice(2)] : [word])), ...rest]
}

const isGlued = (word: string, withValue: ReadonlySet<string>): boolean =>
  /^-[a-zA-Z]./s.test(word) && withValue.has(word.slice(0, 2)) && word[2] !== '='
