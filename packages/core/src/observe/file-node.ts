/** One content (an inode's incarnation) through the life of a job. */
import type { BytePath } from '../byte-path.ts'
import type { FileStamp } from '../contracts.ts'
import { type AccessList, noAccess } from './access-list.ts'
import { SmallSet } from './small-set.ts'

export interface FileNode {
  /** Map key: `dev:ino`, or the path where the identity is unknown. */
  readonly key: string
  readonly created: boolean
  /** st_mode; 0 when unknown. */
  mode: number
  /** Names that stand now, oldest first. */
  readonly names: SmallSet<BytePath>
  /** Names from before the job. */
  readonly original: SmallSet<BytePath>
  /** Symlinks by which it was reached. */
  aliases: Set<BytePath> | null
  readAs: BytePath | null
  readStamp: FileStamp | null
  readBack: boolean
  /** How many contents the job had met before this one; and when it first read back what it had written here, or -1. */
  place: number
  readBackAt: number
  written: boolean
  mayWriteStamp: FileStamp | null
  mayWrite: boolean
  moved: boolean
  everNamed: boolean
  /** One of `names` that the job made, or null. */
  madeAs: BytePath | null
  /** Its last name is gone. */
  dead: boolean
  access: AccessList
  readonly processes: SmallSet<number>
}

export function makeNode(key: string, created: boolean, mode: number): FileNode {
  return {
    key,
    created,
    mode,
    names: new SmallSet(),
    original: new SmallSet(),
    aliases: null,
    readAs: null,
    readStamp: null,
    readBack: false,
    place: 0,
    readBackAt: -1,
    written: false,
    mayWriteStamp: null,
    mayWrite: false,
    moved: false,
    everNamed: false,
    madeAs: null,
    dead: false,
    access: noAccess,
    processes: new SmallSet(),
  }
}

const S_IFMT = 0o170000
const S_IFREG = 0o100000
const S_IFDIR = 0o040000
const S_IFLNK = 0o120000

/** Unknown modes count as regular: a tracer that cannot ask reports only what it knows to be content. */
export const isRegular = (node: FileNode): boolean => node.mode === 0 || (node.mode & S_IFMT) === S_IFREG
export const isDirectory = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR

export const isLink = (mode: number): boolean => (mode & S_IFMT) === S_IFLNK

/** Sockets, fifos and devices hold nothing that could be lost; tracers tell of their end and not of their making. */
export const holdsNothing = (mode: number): boolean => {
  const kind = mode & S_IFMT
  return kind !== 0 && kind !== S_IFREG && kind !== S_IFDIR && kind !== S_IFLNK
}

/** Not, where an inode's number stands for a symlink now that stood for a file. Unknown modes tell nothing. */
export const isSameKind = (one: number, other: number): boolean =>
  one === 0 || other === 0 || (one & S_IFMT) === (other & S_IFMT)

/** Moved for good: a name now that it did not have before the job. */
export const hasNewName = (node: FileNode): boolean => [...node.names].some((name) => !node.original.has(name))
