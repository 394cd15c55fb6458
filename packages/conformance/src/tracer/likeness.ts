/** Names that a program makes up by chance, as `~C sed??????`: `?` is one character of a name, `*` any number of them. */

const patterns = new Map<string, RegExp>()

/** Whether what was reported is what a case states. */
export const isLike = (stated: string, reported: string): boolean =>
  stated.startsWith('~') ? patternOf(stated.slice(1)).test(reported) : stated === reported

function patternOf(stated: string): RegExp {
  const known = patterns.get(stated)
  if (known) return known
  const literal = stated.replace(/[.+^$(){}|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`^${literal.replaceAll('?', '[^/ >]').replaceAll('*', '[^/ >]*')}$`)
  patterns.set(stated, pattern)
  return pattern
}
