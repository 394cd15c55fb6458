/** Lines of a script for contents that a later step reads by another name than the one they were made with. */
import { type BytePath, display } from '@roar/core'
import type { Carried } from '../recipe/carried.ts'
import { isSet, oneLine, pathWord } from './shell-text.ts'

/** `index`: of it among all. */
export const keepLines = ({ kind, from }: Carried, index: number): readonly string[] => [
  `# ${oneLine(display(from))} is read by another name later.`,
  copyLine(placeOf(index), isPattern(kind, from) ? patternWord(from) : pathWord(from), `${placeOf(index)}/`),
]

/** A directory is filled, not put into itself; files of a set lie beside each other. */
export function bringLine({ kind, from, to }: Carried, index: number): string {
  const folder = `"$(dirname -- ${pathWord(to)})"`
  if (isPattern(kind, from)) return copyLine(folder, `${placeOf(index)}/*`, `${folder}/`)
  const kept = `${placeOf(index)}/${pathWord(from.slice(endOfFolder(from)) as BytePath)}`
  return kind === 'composite' ? copyLine(pathWord(to), `${kept}/.`, pathWord(to)) : copyLine(folder, kept, pathWord(to))
}

const placeOf = (index: number): string => `"$carried"/${index}`

const copyLine = (folder: string, from: string, to: string): string => `mkdir -p -- ${folder} && cp -R -- ${from} ${to}`

const isPattern = (kind: Carried['kind'], path: BytePath): boolean => kind === 'composite' && isSet(path)

/** Its `*` is the shell's. */
const patternWord = (set: BytePath): string => {
  const [folder, pattern] = [set.slice(0, endOfFolder(set)), set.slice(endOfFolder(set))]
  return folder === '' ? pattern : pathWord(folder as BytePath) + pattern
}

const endOfFolder = (path: BytePath): number => path.lastIndexOf('/') + 1
