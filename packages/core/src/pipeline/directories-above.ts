/**
 * Directories above the workspace below which a job used or made something: a program that says `../data/a.csv` has said nothing of the path by which the
 * file is recorded.
 */
import { type BytePath, toText } from '../byte-path.ts'

/** What lies further off than this shares nothing with the workspace but the machine. */
const mostLevels = 3

/** Facts of the environment: `directory/..` is the absolute path of the one above, `directory/../..` of the next. None of what is not UTF-8. */
export function aboveFacts(used: readonly BytePath[], root: BytePath): Readonly<Record<string, string>> {
  const above = directoriesAbove(root)
  const needed = new Map<BytePath, string>()
  for (const path of used) {
    if (path.startsWith(`${root}/`)) continue
    const at = above.find(([folder]) => path.startsWith(`${folder}/`))
    if (at) needed.set(...at)
  }
  const facts = [...needed].map(([folder, name]) => [name, toText(folder)] as const)
  return Object.fromEntries(facts.flatMap(([name, text]) => (text === null ? [] : [[`directory/${name}`, text]])))
}

/** The nearest first, without the root of the file system. */
function directoriesAbove(root: BytePath): readonly (readonly [folder: BytePath, name: string])[] {
  const parts = root.split('/')
  const folders = Array.from({ length: mostLevels }, (_, index) => parts.slice(0, parts.length - 1 - index))
  return folders
    .filter((one) => one.length > 1)
    .map((one, index) => [
      one.join('/') as BytePath,
      Array(index + 1)
        .fill('..')
        .join('/'),
    ])
}
