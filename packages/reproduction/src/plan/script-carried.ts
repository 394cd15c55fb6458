/** Lines of a script for contents that a later step reads by another name than the one they were made with. */
import { type BytePath, display } from '@roar/core'
import type { Carried } from '../recipe/carried.ts'
import { pathWord } from './shell-text.ts'

export const keepLines = ({ from }: Carried, index: number): readonly string[] => [
  `# ${oneLine(display(from))} is read by another name later.`,
  ...copyLines(`"$carried"/${index}`, pathWord(from), `"$carried"/${index}/`),
]

/** A directory is filled, not put into itself. */
export const bringLines = ({ kind, from, to }: Carried, index: number): readonly string[] => {
  const kept = `"$carried"/${index}/${pathWord(lastOf(from))}`
  if (kind === 'composite' && !from.includes('*')) return copyLines(pathWord(to), `${kept}/.`, pathWord(to))
  return copyLines(`"$(dirname -- ${pathWord(to)})"`, kept, pathWord(to))
}

const copyLines = (folder: string, from: string, to: string): readonly string[] => [
  `mkdir -p -- ${folder} && cp -R -- ${from} ${to}`,
]

const lastOf = (path: BytePath): BytePath => path.slice(path.lastIndexOf('/') + 1) as BytePath

const oneLine = (text: string): string => text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')
