/** The user's own composites as a detector: rules of the settings, and directories named at the run. */
import { type ArtifactDetector, type BytePath, type CompositeFound, fromString, type Probe } from '@roar/core'
import type { CompositeRule } from '../config/composite-rules.ts'

export interface Declared {
  readonly rules: readonly CompositeRule[]
  /** Absolute. */
  readonly paths: readonly BytePath[]
}

type Matcher = (path: string) => boolean

/** Nothing is loaded where nothing is declared. */
export async function declaredComposites(
  { rules, paths }: Declared,
  root: BytePath,
): Promise<readonly ArtifactDetector[]> {
  if (rules.length === 0 && paths.length === 0) return []
  const { default: ignore } = await import('ignore')
  const matcher = (patterns: readonly string[]): Matcher => {
    const set = ignore({ allowRelativePaths: true }).add([...patterns])
    return (path) => path !== '' && set.ignores(path)
  }
  const named = paths.map(namedDirectory)
  return [...named, ...rules.map((rule) => byRule(rule, root, matcher))]
}

/** `--composite PATH`. */
function namedDirectory(root: BytePath): ArtifactDetector {
  const found: CompositeFound = { is: 'composite', root, format: 'directory', complete: true }
  return {
    name: 'named',
    detect: ({ path }) => (path.startsWith(`${root}/`) ? found : null),
    describe: () => ({ members: null, incomplete: null }),
  }
}

function byRule(
  rule: CompositeRule,
  root: BytePath,
  matcher: (patterns: readonly string[]) => Matcher,
): ArtifactDetector {
  const matches = matcher([rule.glob])
  const belongs: Matcher = rule.members.length === 0 ? () => true : matcher(rule.members)
  const places = new Map<string, CompositeFound | null>()
  const made = new Map<string, CompositeFound>()
  const composite = (at: string, name?: string): CompositeFound => {
    const key = name ?? at
    const known = made.get(key)
    if (known) return known
    const own = name === undefined ? {} : { name: name as BytePath }
    const found: CompositeFound = { is: 'composite', root: at as BytePath, format: rule.name, complete: false, ...own }
    made.set(key, found)
    return found
  }
  const above = (directory: string): CompositeFound | null => {
    const known = places.get(directory)
    if (known !== undefined) return known
    const found =
      directory.length <= root.length
        ? null
        : (above(directory.slice(0, directory.lastIndexOf('/'))) ??
          (matches(directory.slice(root.length + 1)) ? composite(directory) : null))
    places.set(directory, found)
    return found
  }
  return {
    name: rule.name,
    detect: ({ path }) => {
      if (!path.startsWith(`${root}/`)) return null
      const directory = path.slice(0, path.lastIndexOf('/'))
      const inside = above(directory)
      if (inside) return inside
      return matches(path.slice(root.length + 1)) ? composite(directory, familyName(rule.glob, directory, root)) : null
    },
    describe: (found, paths, probe) => ({
      members: paths.filter((path) => isMember(found, path)),
      incomplete: unfinished(rule, found, probe),
    }),
  }

  function isMember({ root: at, name }: CompositeFound, path: BytePath): boolean {
    if (path === rule.finished) return true
    return belongs(path) && (name === undefined || matches(`${at}/${path}`.slice(root.length + 1)))
  }
}

/** Files beside each other are called by their pattern. */
const familyName = (glob: string, directory: string, root: BytePath): string => {
  const last = fromString(glob.slice(glob.lastIndexOf('/') + 1))
  return `${directory.length < root.length ? root : directory}/${last}`
}

function unfinished({ finished }: CompositeRule, { root }: CompositeFound, probe: Probe): string | null {
  if (finished === null || probe.exists(`${root}/${fromString(finished)}` as BytePath)) return null
  return `there is no ${finished}`
}
