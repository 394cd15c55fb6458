import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a directory for its owner alone, and whatever leads there. Node's own `recursive` tries for ever where a file system takes no new names, as /proc. */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeDirectory(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another start was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
