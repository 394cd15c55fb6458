/** Reads git's index, versions 2 to 4: https://git-scm.com/docs/index-format. It saves a process at the end of each job. */
import type { BytePath } from '@roar/core'

export interface IndexEntry {
  readonly path: BytePath
  readonly mode: number
  readonly oid: string
  /**
   * False where git does not compare the file with the index: assume-unchanged, skip-worktree, intent-to-add, or an unmerged stage. Its
   * silence about such a file says nothing.
   */
  readonly compared: boolean
}

export const gitlinkMode = 0o160000

const fixed = 40 // ctime, mtime, dev, ino, mode, uid, gid, size
const assumeValid = 0x8000
const extended = 0x4000
const stageBits = 0x3000
const nameBits = 0x0fff
const skipWorktree = 0x4000
const intentToAdd = 0x2000

/** A set, or the keys of a map. */
export type WantedPaths = Pick<ReadonlyMap<BytePath, unknown>, 'has' | 'keys'>

/** Calls back for every path that is wanted, or is a submodule. False: the index is of a kind that has to be read by git itself. */
export function readIndex(
  index: Buffer,
  hashLength: number,
  wanted: WantedPaths,
  found: (entry: IndexEntry) => void,
): boolean {
  if (index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC') return false
  const version = index.readUInt32BE(4)
  if (version < 2 || version > 4) return false
  const lengths = new Set([...wanted.keys()].map((path) => path.length))
  let at = 12
  let path = ''
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const flagsAt = at + fixed + hashLength
    if (flagsAt + 2 > index.length) return false
    const flags = index.readUInt16BE(flagsAt)
    const more = flags & extended && version >= 3 ? index.readUInt16BE(flagsAt + 2) : 0
    const nameAt = flagsAt + (flags & extended && version >= 3 ? 4 : 2)
    const mode = index.readUInt32BE(at + 24)
    const name =
      version === 4
        ? compressedName(index, nameAt, path)
        : plainName(index, at, nameAt, flags & nameBits, mode === gitlinkMode ? null : lengths)
    if (name === null) return false
    path = name.path
    if (mode === gitlinkMode || wanted.has(path as BytePath)) {
      const compared = !(flags & (assumeValid | stageBits)) && !(more & (skipWorktree | intentToAdd))
      const oid = index.toString('hex', at + fixed, flagsAt)
      found({ path: path as BytePath, mode, oid, compared })
    }
    at = name.next
  }
  return !isSplit(index, at, hashLength)
}

interface Name {
  readonly path: string
  readonly next: number
}

/**
 * Longer names than the flags can say end at the NUL; one to eight of them fill the entry up to a multiple of eight. A name of a length that
 * nobody asks for is stepped over: making a string of each takes most of the time in a large index.
 */
function plainName(
  index: Buffer,
  start: number,
  nameAt: number,
  length: number,
  lengths: ReadonlySet<number> | null,
): Name | null {
  const end = length < nameBits ? nameAt + length : index.indexOf(0, nameAt)
  if (end < 0 || end >= index.length) return null
  const path = lengths === null || lengths.has(end - nameAt) ? index.toString('latin1', nameAt, end) : ''
  return { path, next: start + ((end - start + 8) & ~7) }
}

/** Version 4: how many bytes of the last path to drop, as a variable-width number, then what to put in their place. */
function compressedName(index: Buffer, nameAt: number, last: string): Name | null {
  let at = nameAt
  let byte = index[at++] ?? 0
  let drop = byte & 127
  while (byte & 128 && at < index.length) {
    byte = index[at++] as number
    drop = (drop + 1) * 128 + (byte & 127)
  }
  const end = index.indexOf(0, at)
  if (end < 0 || drop > last.length) return null
  return { path: last.slice(0, last.length - drop) + index.toString('latin1', at, end), next: end + 1 }
}

/** The extension `link` says that most entries are in another file. */
function isSplit(index: Buffer, start: number, hashLength: number): boolean {
  for (let at = start; at + 8 <= index.length - hashLength; at += 8 + index.readUInt32BE(at + 4)) {
    if (index.toString('latin1', at, at + 4) === 'link') return true
  }
  return false
}
