/** A private directory for one run's log: in memory where there is room, so that no disk is in the traced program's way. */
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statfsSync,
  unlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RoarError } from '@roar/core'

/** Mode 0700, owned by the user. The caller removes it with `removeRunDirectory`. */
export function makeRunDirectory(env: NodeJS.ProcessEnv): string {
  const uid = process.getuid?.() ?? 0
  for (const base of bases(env)) {
    const parent = join(base, `roar-${uid}`)
    const made = isUsable(base) && makePrivate(parent, uid) ? makeOne(parent) : null
    if (made !== null) return made
  }
  throw new RoarError('ROAR_RUN_DIRECTORY', 'there is no place for the run’s log', {
    cause: `None of ${bases(env).join(', ')} has room and can hold a private directory.`,
    remedy: ['export TMPDIR=/a/writable/directory'],
    exitCode: 125,
  })
}

export function removeRunDirectory(path: string): void {
  try {
    // Node's own way through a tree is a module of its own, which takes a millisecond to load.
    for (const name of readdirSync(path)) unlinkSync(join(path, name))
    rmdirSync(path)
  } catch {
    rmSync(path, { recursive: true, force: true })
  }
}

const bases = (env: NodeJS.ProcessEnv): string[] => [
  '/dev/shm',
  ...(env.XDG_RUNTIME_DIR ? [env.XDG_RUNTIME_DIR] : []),
  tmpdir(),
]

/** Bytes: the log of a small job. */
const leastRoom = 1e6

function isUsable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK)
    const { blocks, bavail, bsize } = statfsSync(directory)
    // No blocks at all: a tmpfs without a limit.
    return blocks === 0 || bavail * bsize >= leastRoom
  } catch {
    return false
  }
}

/** Null where there is room by the numbers and none in fact: no inode left, a quota, a file system that went read-only. */
function makeOne(parent: string): string | null {
  try {
    return mkdtempSync(join(parent, 'run-'))
  } catch {
    return null
  }
}

/** False when somebody else's file, or a link, stands there: shared directories are open to everybody. */
function makePrivate(directory: string, uid: number): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 })
    return true
  } catch {
    return isPrivate(directory, uid)
  }
}

function isPrivate(directory: string, uid: number): boolean {
  try {
    const found = lstatSync(directory)
    return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0
  } catch {
    return false
  }
}
