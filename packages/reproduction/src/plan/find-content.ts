/** Where the bytes of a content can be had on this machine: proven by their digest, not by their name. */
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type BytePath, type Digests, fromString, toFsPath } from '@roar/core'
import { algorithmsOf, type ReproductionRoom } from '../room.ts'

export type DigestRoom = Pick<ReproductionRoom, 'hash' | 'knows'>

export interface Wanted {
  readonly digests: Digests
  readonly size: number | null
  /** Absolute paths where it may lie. */
  readonly candidates: readonly BytePath[]
}

/** For each content the first file that holds it, or null. */
export async function findContents(
  room: DigestRoom,
  wanted: readonly Wanted[],
  directories: readonly string[],
): Promise<readonly (BytePath | null)[]> {
  const bySize = directories.length > 0 ? filesBySize(directories) : new Map<number, BytePath[]>()
  const found: (BytePath | null)[] = []
  for (const one of wanted) {
    const further = one.size === null ? [] : (bySize.get(one.size) ?? [])
    found.push(await firstHolding(room, one, [...new Set([...one.candidates, ...further])]))
  }
  return found
}

async function firstHolding(room: DigestRoom, wanted: Wanted, paths: readonly BytePath[]): Promise<BytePath | null> {
  const algorithms = algorithmsOf(room, wanted.digests)
  const [algorithm] = algorithms
  if (algorithm === undefined) return null
  for (const path of paths) {
    if (!mayHold(path, wanted.size)) continue
    const [file] = await room.hash([path], algorithms)
    if (file?.digests?.[algorithm] === wanted.digests[algorithm]) return path
  }
  return null
}

function mayHold(path: BytePath, size: number | null): boolean {
  const state = statSync(toFsPath(path), { throwIfNoEntry: false })
  return state?.isFile() === true && (size === null || state.size === size)
}

/** Only what has the right size is read. Symlinks to directories are not followed: they may lead in a circle. */
function filesBySize(directories: readonly string[]): Map<number, BytePath[]> {
  const found = new Map<number, BytePath[]>()
  const waiting = directories.map((one) => resolve(one))
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else if (entry.isFile()) add(found, lstatSync(path).size, fromString(path))
    }
  }
  return found
}

function add(map: Map<number, BytePath[]>, size: number, path: BytePath): void {
  const known = map.get(size)
  if (known) known.push(path)
  else map.set(size, [path])
}
