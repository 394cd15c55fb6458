/** Where a composite can be had on this machine: proven by its digest, which every member enters into. */
import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type BytePath, type Digests, fromString, toText } from '@roar/core'
import type { ReproductionRoom } from '../room.ts'
import type { Wanted } from './find-content.ts'

export interface WantedComposite extends Wanted {
  /** As recorded: a directory, or a set of files with `*` in its name. */
  readonly path: BytePath
}

type Room = Pick<ReproductionRoom, 'composite'>

/** Its directory, or the name of its set; null where none of the places holds it. */
export async function findComposite(
  room: Room,
  wanted: WantedComposite,
  directories: readonly string[],
): Promise<BytePath | null> {
  for (const path of [...wanted.candidates, ...nearby(wanted, directories)])
    if (await holdsComposite(room, path, wanted.digests)) return path
  return null
}

/** By the root of its tree alone: flat digests depend on who counts what among its data. */
export async function holdsComposite(room: Room, path: BytePath, digests: Digests): Promise<boolean> {
  if (digests.blake3 === undefined) return false
  const found = await room.composite(path)
  return found?.digests.blake3 === digests.blake3
}

/** Directories of its name or of its size; for a set, its name in each directory. Others are not read. */
function nearby({ path, size }: WantedComposite, directories: readonly string[]): readonly BytePath[] {
  const name = basename(toText(path) ?? '')
  if (name === '') return []
  const found: string[] = []
  for (const directory of directories) {
    const sizes = sizesBelow(resolve(directory))
    for (const [at, bytes] of sizes) {
      if (name.includes('*')) found.push(join(at, name))
      else if (basename(at) === name || bytes === size) found.push(at)
    }
  }
  return found.map(fromString)
}

/** Of each directory at and below it, the bytes of all files in it. Symbolic links are not followed. */
function sizesBelow(directory: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>([[directory, 0]])
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) sizes.set(path, sizes.get(path) ?? 0)
    if (!entry.isFile()) continue
    const { size } = lstatSync(path)
    for (let at = entry.parentPath; ; at = dirname(at)) {
      sizes.set(at, (sizes.get(at) ?? 0) + size)
      if (at === directory) break
    }
  }
  return sizes
}
