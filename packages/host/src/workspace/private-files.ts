/** Files that nobody else may read: 0600 in 0700, written whole or not at all. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * With its parents. Not by Node's own `recursive`: that never returns where a file system answers ENOENT to mkdir although the parent exists, as
 * /proc and some automounters do.
 */
export function makeDirectory(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeDirectory(parent, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Somebody else was quicker, which is as good.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error
  }
}

/** Made with its parents; an existing directory of ours loses what it allows to others. */
export function makePrivateDirectory(path: string): void {
  makeDirectory(path, 0o700)
  if (process.platform === 'win32') return
  const mode = statSync(path).mode & 0o777
  if (mode & 0o077) chmodSync(path, mode & 0o700)
}

/** Readers see the old text or the new one. Keeps the mode of a file that exists, and the symlink that leads to it. */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  const target = realPath(path)
  makeDirectory(dirname(target), 0o700)
  const existing = statSync(target, { throwIfNoEntry: false })
  const fresh = `${target}.${process.pid}.new`
  try {
    writeDurably(fresh, text, existing ? existing.mode & 0o777 : mode)
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

function writeDurably(path: string, text: string, mode: number): void {
  const file = openSync(path, 'w', mode)
  try {
    writeSync(file, text)
    // Without it a crash can leave the new name over an empty file (ext4 delayed allocation).
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
