/** A program that reads bytecode uses the source that it was made from: Python looks at the source's time and length, and does not open it. */
import type { BytePath } from '../byte-path.ts'
import type { ObservedFile } from '../observe/observed.ts'
import type { FilePort } from '../ports.ts'
import type { ClassifiedFile } from './classified.ts'
import type { MadeInput, Sorter } from './sorter.ts'

/** Sources that were not read themselves. Of one that is another version by now nobody has the bytes: then what was read stands for it. */
export function sourcesOf(
  sorter: Sorter,
  read: readonly ObservedFile[],
  files: Pick<FilePort, 'state'>,
): ClassifiedFile[] {
  const known = new Set(read.map(({ path }) => path))
  const found: ClassifiedFile[] = []
  for (const one of sorter.made) {
    if (known.has(one.made.source)) continue
    known.add(one.made.source)
    const source = sourceOf(one, files)
    found.push(...(source ? sorter.keep(source, 'input') : [sorter.keepAnyway(one.file)]))
  }
  return found
}

function sourceOf({ file, made }: MadeInput, files: Pick<FilePort, 'state'>): ObservedFile | null {
  const state = files.state(made.source)
  if (state === null || !made.fits(state)) return null
  const { dev, ino, size, mtimeNs, ctimeNs } = state
  const path: BytePath = made.source
  const stamp = { dev, ino, size, mtimeNs, ctimeNs }
  return { ...file, path, location: path, names: [], stamp, mappedStamp: null, destroyed: false, onlyMayWrite: false }
}
