/** A path without links, though what it names may not be there yet: the deepest directory that is there is resolved. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export function canonicalPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(canonicalPath(parent), basename(path))
  }
}
