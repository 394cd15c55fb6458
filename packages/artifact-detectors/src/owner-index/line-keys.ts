/** The keys of lists of paths, one a line, from their bytes: strings of a hundred thousand lines cost more than all the hashing. */
import { keyOf, mergedLength, multiplierA, multiplierB, seedA, seedB } from './path-key.ts'

export interface Lists {
  /** All of them, one behind the other. */
  readonly bytes: Uint8Array
  /** Where each ends, behind a newline. */
  readonly ends: readonly number[]
}

const newline = 10
const slash = 47
/** Behind `/usr/` it is not yet known whether the beginning counts. */
const shortestDirectory = 6

/**
 * Each key times `factor`, and the number of its list added. One loop over all of them and nothing but numbers in it: it is most of what a first run pays
 * for, and V8 replaces a loop by compiled code sooner than a function that is called often.
 */
export function lineKeys({ bytes, ends }: Lists, factor: number): Float64Array {
  // A path of a package has some 70 bytes.
  let keys = new Float64Array(1024 + (bytes.length >> 5))
  let count = 0
  let list = 0
  let directory = 0
  let length = 0
  let directoryA = seedA
  let directoryB = seedB
  for (let at = 0, end = 0; at < bytes.length; at = end + 1) {
    while (at >= (ends[list] as number)) list++
    // Neighbours have one directory, mostly: it is not hashed again.
    const known = length >= shortestDirectory && isSame(bytes, directory, at, length)
    let a = known ? directoryA : seedA
    let b = known ? directoryB : seedB
    end = at + (known ? length : mergedLength(bytes, at))
    if (!known) length = 0
    for (let c = 0; end < bytes.length; end++) {
      c = bytes[end] as number
      if (c === newline) break
      a = Math.imul(a ^ c, multiplierA)
      b = Math.imul(b ^ c, multiplierB)
      if (c !== slash) continue
      directory = at
      length = end + 1 - at
      directoryA = a
      directoryB = b
    }
    if (isNothing(bytes, at, end) || isParent(bytes, at, end)) continue
    if (count === keys.length) keys = grown(keys)
    keys[count++] = keyOf(a, b) * factor + list
  }
  return keys.subarray(0, count)
}

function grown(keys: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(keys.length * 2)
  more.set(keys)
  return more
}

/** Empty, or the root that each list begins with. */
const isNothing = (bytes: Uint8Array, at: number, end: number): boolean =>
  end === at || (end === at + 2 && bytes[at + 1] === 46)

/** Parents stand before what is in them: a line that the next one continues is a directory, and belongs to nobody. */
const isParent = (bytes: Uint8Array, at: number, end: number): boolean =>
  bytes[end + 1 + end - at] === slash && isSame(bytes, at, end + 1, end - at)

function isSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[one + i] !== bytes[other + i]) return false
  return true
}
