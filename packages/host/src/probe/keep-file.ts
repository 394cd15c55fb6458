/** Puts a file into the user's cache, whole or not at all. Best effort: what cannot be kept is worked out again. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateDirectory } from '../workspace/private-files.ts'

export function keepFile(file: string, bytes: Uint8Array | string): void {
  const fresh = `${file}.${process.pid}.new`
  try {
    makePrivateDirectory(dirname(file))
    writeFileSync(fresh, bytes, { mode: 0o600 })
    renameSync(fresh, file)
  } catch {
    remove(fresh)
  }
}

/** `force` is silent about a name that is not there; where a file stands in the place of its folder (ENOTDIR) it throws. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {}
}
