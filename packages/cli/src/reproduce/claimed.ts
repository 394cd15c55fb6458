/** One reproduction at a time works in a directory: a second one would take the first one's half-made steps for its own. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import { lifeOf, ownIdentity, type ProcessIdentity } from '@roar/host'
import { lockName } from '@roar/reproduction'

export async function claimed<T>(directory: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = join(directory, lockName)
  if (!take(lock)) {
    const holder = holderOf(lock)
    if (holder && lifeOf(holder) !== 'ended') throw busy(directory, holder)
    // Whoever had it was killed.
    rmSync(lock, { force: true })
    if (!take(lock)) throw busy(directory, holderOf(lock))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, JSON.stringify(ownIdentity()), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Null: it is not whole, or gone by now. */
function holderOf(lock: string): ProcessIdentity | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(lock, 'utf8'))
    return Number.isInteger(pid) && typeof start === 'string' ? { pid, start } : null
  } catch {
    return null
  }
}

const busy = (directory: string, holder: ProcessIdentity | null): RoarError =>
  new RoarError('ROAR_REPRODUCE_DIRECTORY', `Another reproduction is at work in ${directory}.`, {
    cause: holder ? `It is process ${holder.pid}.` : '',
    remedy: ['Wait for it, or give another directory: roar reproduce … --run --dir DIR'],
  })
