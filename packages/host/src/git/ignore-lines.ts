/** Lines for a .gitignore that keep outputs out of git, and nothing that is there beside them. */
import { posix } from 'node:path'
import { ignoreLine } from './ignore-line.ts'

/** So many outputs get a line together. */
const together = 3

/**
 * Paths from the root of the work tree. `others`: what git tracks, and what it does not know and no job has made. A folder in which none of them lies is one line,
 * so are files of one ending in a folder where no other has it; everything else is named.
 */
export function ignoreLines(outputs: readonly string[], others: Iterable<string>): readonly string[] {
  const taken = takenBy(others)
  const groups = new Map<string, string[]>()
  for (const path of outputs) {
    const group = groupOf(path, taken)
    const known = groups.get(group)
    if (known) known.push(path)
    else groups.set(group, [path])
  }
  const lines = [...groups].flatMap(([group, paths]) =>
    group !== '' && paths.length >= together ? [groupLine(group)] : paths.map(ignoreLine),
  )
  return lines.sort()
}

interface Taken {
  readonly folders: ReadonlySet<string>
  readonly kinds: ReadonlySet<string>
}

function takenBy(paths: Iterable<string>): Taken {
  const [folders, kinds] = [new Set(['']), new Set<string>()]
  for (const path of paths) {
    kinds.add(kindOf(path))
    for (let at = folderOf(path); !folders.has(at); at = folderOf(at.slice(0, -1))) folders.add(at)
  }
  return { folders, kinds }
}

/** `folder/`, or `folder/*.ending`; '' for none that would not cover something else. */
function groupOf(path: string, { folders, kinds }: Taken): string {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end + 1)
    if (!folders.has(folder)) return folder
  }
  const kind = kindOf(path)
  return kinds.has(kind) ? '' : kind
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

function kindOf(path: string): string {
  const ending = posix.extname(path)
  return ending === '' ? '' : `${folderOf(path)}*${ending}`
}

function groupLine(group: string): string {
  if (group.endsWith('/')) return ignoreLine(group)
  const star = group.lastIndexOf('*.')
  return `${ignoreLine(group.slice(0, star))}*${ignoreLine(group.slice(star + 1)).slice(1)}`
}
