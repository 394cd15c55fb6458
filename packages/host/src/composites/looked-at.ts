/** What an answer depended on, as far as the disk goes: it holds for as long as all of that stays the same. */
import { existsSync, statSync } from 'node:fs'
import { type BytePath, type Look, toFsPath } from '@roar/core'

/** Path, whether it is there, and its state where more was asked. */
export type Seen = readonly [path: BytePath, there: boolean, state?: string]

/** A change within this (ms) may leave the times where they are; see hashing/cached-digests.ts. */
const clockGrain = 2000
/** Of more nothing is kept: to look at them again would take as long as to decide again. */
const mostLooks = 20_000

/** Null where something may have changed since it was looked at: nobody knows which state the answer was of. */
export function witnessed(looks: Iterable<Look>): readonly Seen[] | null {
  const seen = new Map<string, Seen>()
  for (const look of looks) {
    const one = witness(look)
    if (one === null || seen.size >= mostLooks) return null
    const known = seen.get(look.path)
    if (known === undefined || known.length < one.length) seen.set(look.path, one)
  }
  return [...seen.values()]
}

function witness({ path, as, since }: Look): Seen | null {
  if (as !== 'state') return existsSync(toFsPath(path)) === (as === 'there') ? [path, as === 'there'] : null
  const found = stateOf(path)
  if (found === null) return wasMissing(path, since) ? [path, false] : null
  return found.newest < since - clockGrain ? [path, true, found.text] : null
}

/** Nothing came or went where it would be. */
function wasMissing(path: BytePath, since: number): boolean {
  const above = (path.slice(0, path.lastIndexOf('/')) || '/') as BytePath
  const found = stateOf(above)
  return found === null ? above !== '/' && wasMissing(above, since) : found.newest < since - clockGrain
}

export function stillSo([path, there, state]: Seen): boolean {
  if (state === undefined) return existsSync(toFsPath(path)) === there
  return stateOf(path)?.text === state
}

function stateOf(path: BytePath): { readonly text: string; readonly newest: number } | null {
  const found = statSync(toFsPath(path), { bigint: true, throwIfNoEntry: false })
  if (!found) return null
  const { dev, ino, size, mode, mtimeNs, ctimeNs } = found
  const newest = Math.max(...[mtimeNs, ctimeNs].map((one) => Number(one / 1_000_000n)))
  return { text: [dev, ino, size, mode, mtimeNs, ctimeNs].join(':'), newest }
}
