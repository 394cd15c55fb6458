/** A path without links, though what it names may not be there (yet): the deepest directory that is there is resolved. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type BytePath, fromBuffer, toBuffer } from '@roar/core'

export function canonicalPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(canonicalPath(parent), basename(path))
  }
}

/** The same of bytes: only the native form of realpath takes them. */
export function canonicalBytes(path: BytePath): BytePath {
  try {
    return fromBuffer(realpathSync.native(toBuffer(path), 'buffer'))
  } catch {
    const parent = dirname(path) as BytePath
    return parent === path ? path : (join(canonicalBytes(parent), basename(path)) as BytePath)
  }
}
