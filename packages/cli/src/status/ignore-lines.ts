/** Lines for a .gitignore that cover some paths: a folder where several files lie in it, else the file itself. */
import { posix } from 'node:path'

/** This many outputs side by side are a folder of outputs. */
const manyInOne = 3

export function ignoreLines(paths: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>()
  for (const path of paths) {
    const folder = posix.dirname(path)
    const known = folders.get(folder)
    if (known) known.push(path)
    else folders.set(folder, [path])
  }
  const lines = [...folders].flatMap(([folder, files]) =>
    folder !== '.' && files.length >= manyInOne ? [`/${pattern(folder)}/`] : files.map((file) => `/${pattern(file)}`),
  )
  return [...new Set(lines)].sort()
}

/** gitignore(5): `* ? [ \` are special anywhere, a trailing blank is dropped unless it is quoted. */
const pattern = (path: string): string => path.replace(/[*?[\\]/g, '\\$&').replace(/ $/, '\\ ')
