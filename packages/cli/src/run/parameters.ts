/** `roar run @2 --lr=0.1`: the recorded command with changed parameters. */

/** Replaces `--key=old` and `--key old`; what the command does not have is appended. Anything that is no `--key=value` is left out and returned. */
export function withParameters(
  argv: readonly string[],
  given: readonly string[],
): { readonly argv: readonly string[]; readonly unusable: readonly string[] } {
  const changes = given.map(parse)
  const unusable = given.filter((_, i) => changes[i] === null)
  let changed = argv
  for (const change of changes) if (change) changed = apply(changed, change)
  return { argv: changed, unusable }
}

interface Change {
  readonly key: string
  readonly value: string | null
}

function parse(word: string): Change | null {
  const found = /^(--?[^=\s-][^=\s]*)(?:=(.*))?$/s.exec(word)
  return found ? { key: found[1] as string, value: found[2] ?? null } : null
}

function apply(argv: readonly string[], { key, value }: Change): readonly string[] {
  const at = argv.findIndex((word, i) => i > 0 && (word === key || word.startsWith(`${key}=`)))
  if (value === null) return at < 0 ? [...argv, key] : argv
  if (at < 0) return [...argv, `${key}=${value}`]
  if (argv[at] !== key) return argv.with(at, `${key}=${value}`)
  // `--key value`: a following word is its value unless it is an option itself; a negative number is a value.
  const next = argv[at + 1]
  const separate = next !== undefined && (!next.startsWith('-') || /^-[\d.]/.test(next))
  return separate ? argv.with(at + 1, value) : argv.with(at, `${key}=${value}`)
}
