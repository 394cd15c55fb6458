/** Which files some process may store into without a trace of it in their times. */
import { readdirSync, readFileSync } from 'node:fs'

/**
 * A store through a shared mapping moves the mtime only when it is the first into a clean page; further ones are silent until the page was
 * written back. Inode numbers alone: the device that /proc shows is not that of stat(2) on btrfs and overlays. Processes of other users are
 * not seen, unless by root.
 */
export function mappedInodes(): ReadonlySet<bigint> {
  const found = new Set<bigint>()
  for (const name of processes()) {
    // address perms offset device inode path
    for (const [, inode] of mapsOf(name).matchAll(/^\S+ .w.s \S+ \S+ ([1-9]\d*)/gm)) found.add(BigInt(inode as string))
  }
  return found
}

function processes(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function mapsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'latin1')
  } catch {
    return ''
  }
}
