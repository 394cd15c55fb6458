/** A hundred thousand names would take git, or the store, a second: some files of a folder stand for all of it that have the same ending. */
import { posix } from 'node:path'
import type { BytePath } from '@roar/core'

const ofOneEnding = 3
/** Names without an ending are less alike. */
const withoutEnding = 20

export function someOfEach(paths: readonly BytePath[]): readonly BytePath[] {
  const seen = new Map<string, number>()
  return paths.filter((path) => {
    const kind = kindOf(path)
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return count <= (posix.extname(path) === '' ? withoutEnding : ofOneEnding)
  })
}

/** The folder and the ending. */
export const kindOf = (path: BytePath): string => `${path.slice(0, path.lastIndexOf('/') + 1)}${posix.extname(path)}`
