/**
 * Directories of outputs that stood when the job began: `out/` that somebody made by hand is in no commit and in no command, and a program that writes `out/a`
 * may fail without it.
 */
import { type BytePath, toText } from '../byte-path.ts'
import type { FilePort } from '../ports.ts'
import { relativeTo } from './relative-path.ts'

/** A data set's folders are a job's own; a project has few. */
const mostAsked = 200
const mostNamed = 20
/**
 * A directory younger than this, in milliseconds, may be the job's own: the kernel's clock of files runs up to 10 ms behind, a server's has its own time. One
 * that stood and is taken for the job's is less harm than one that the job makes and finds there.
 */
const margin = 1_000

export interface StandingSearch {
  /** The workspace's, absolute. */
  readonly root: BytePath
  /** Absolute. */
  readonly outputs: readonly BytePath[]
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

/** Facts of the environment: `directory/out` is `stood`. Of nested ones the innermost; none of what is not UTF-8. */
export function standingFacts(
  { born }: Pick<FilePort, 'born'>,
  search: StandingSearch,
): Readonly<Record<string, string>> {
  if (!born) return {}
  const { root, startedAt } = search
  const known = new Map<BytePath, boolean>()
  const stood = (directory: BytePath): boolean => {
    const answer = known.get(directory) ?? (born(directory) ?? Number.POSITIVE_INFINITY) < startedAt - margin
    known.set(directory, answer)
    return answer
  }
  const standing = new Set<BytePath>()
  for (const directory of parentsOf(search)) {
    let at = directory
    while (at !== root && !stood(at)) at = parentOf(at)
    if (at !== root) standing.add(relativeTo(root, at))
  }
  const innermost = [...standing].filter((one) => ![...standing].some((other) => other.startsWith(`${one}/`)))
  const names = innermost
    .sort()
    .slice(0, mostNamed)
    .flatMap((one) => toText(one) ?? [])
  return Object.fromEntries(names.map((name) => [`directory/${name}`, 'stood']))
}

function parentsOf({ root, outputs }: StandingSearch): readonly BytePath[] {
  const parents = new Set<BytePath>()
  for (const path of outputs) {
    if (parents.size === mostAsked) break
    if (path.startsWith(`${root}/`)) parents.add(parentOf(path))
  }
  return [...parents]
}

const parentOf = (path: BytePath): BytePath => path.slice(0, path.lastIndexOf('/')) as BytePath
