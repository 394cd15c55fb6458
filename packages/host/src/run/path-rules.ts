/** The user's own word on files: `filter.track` and `filter.ignore`, patterns as in .gitignore. */
import type { BytePath, PathRules } from '@roar/core'
import type { Ignore } from 'ignore'

export interface RulePatterns {
  readonly track: readonly string[]
  readonly ignore: readonly string[]
}

/** Patterns hold relative to the workspace; one that begins with a slash may also be an absolute path outside it. */
export async function pathRules({ track, ignore }: RulePatterns, root: BytePath): Promise<PathRules> {
  if (track.length === 0 && ignore.length === 0) return { decide: () => null }
  const { default: make } = await import('ignore')
  const matcher = (patterns: readonly string[]) => matches(make({ allowRelativePaths: true }).add([...patterns]), root)
  const [isTracked, isIgnored] = [matcher(track), matcher(ignore)]
  return { decide: (path) => (isTracked(path) ? 'track' : isIgnored(path) ? 'ignore' : null) }
}

/** Patterns are compared with the bytes as they are, not with a decoding of them. */
const matches =
  (rules: Ignore, root: BytePath) =>
  (path: BytePath): boolean => {
    const inside = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null
    const absolute = path.slice(1)
    return (inside !== null && inside !== '' && rules.ignores(inside)) || (absolute !== '' && rules.ignores(absolute))
  }
