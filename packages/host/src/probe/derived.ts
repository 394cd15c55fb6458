/** Tables worked out from a file at some cost, kept in the user's cache for as long as that file stays the same. */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BytePath, toFsPath } from '@roar/core'
import { makePrivateDirectory } from '../workspace/private-files.ts'

/** The stamp stands before the table, padded: what follows is aligned for any typed array. */
const headLength = 128

/** Best effort: without a cache, or with a damaged one, the table is made anew. */
export function derivedFrom(folder: string, name: string, source: BytePath, make: () => Uint8Array): Uint8Array {
  const stamp = stampOf(source)
  const file = join(folder, name.replace(/[^\w.@-]+/g, '_'))
  const kept = stamp === null ? null : readKept(file, stamp)
  if (kept !== null) return kept
  const table = make()
  if (stamp !== null) keep(folder, file, stamp, table)
  return table
}

function stampOf(source: BytePath): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(toFsPath(source), { bigint: true })
    return `1 ${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}\n`
  } catch {
    return null
  }
}

function readKept(file: string, stamp: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file)
    if (bytes.toString('latin1', 0, stamp.length) !== stamp) return null
    const table = bytes.subarray(headLength)
    return table.byteOffset % 8 === 0 ? table : Uint8Array.from(table)
  } catch {
    return null
  }
}

function keep(folder: string, file: string, stamp: string, table: Uint8Array): void {
  const fresh = `${file}.${process.pid}.new`
  try {
    makePrivateDirectory(folder)
    writeFileSync(fresh, Buffer.concat([Buffer.from(stamp.padEnd(headLength, '\0'), 'latin1'), table]), { mode: 0o600 })
    renameSync(fresh, file)
  } catch {
    rmSync(fresh, { force: true })
  }
}
