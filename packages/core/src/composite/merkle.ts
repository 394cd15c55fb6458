/** The Merkle tree of RFC 6962 over leaves that are digests already: `level` by level, without recursion. */
import { digestBytes } from './member-list.ts'

/** BLAKE3 of many short inputs that lie one behind the other. */
export type HashEach = (data: Uint8Array, ends: Uint32Array) => Uint8Array

const nodeMark = 1
const nodeBytes = 1 + 2 * digestBytes

/**
 * Pairs of neighbours become one, and one without a neighbour goes up as it is: the shape that RFC 6962 defines by the largest power of two.
 * All levels, the leaves first; the last has one digest.
 */
export function levelsOver(leaves: Uint8Array, hashEach: HashEach): readonly Uint8Array[] {
  const levels = [leaves]
  for (let level = leaves; level.length > digestBytes; ) {
    level = levelAbove(level, hashEach)
    levels.push(level)
  }
  return levels
}

export function topOf(leaves: Uint8Array, hashEach: HashEach): Uint8Array {
  return levelsOver(leaves, hashEach).at(-1) as Uint8Array
}

function levelAbove(level: Uint8Array, hashEach: HashEach): Uint8Array {
  const count = level.length / digestBytes
  const pairs = count >> 1
  const data = new Uint8Array(pairs * nodeBytes)
  const ends = new Uint32Array(pairs)
  for (let i = 0; i < pairs; i++) {
    data[i * nodeBytes] = nodeMark
    data.set(level.subarray(2 * i * digestBytes, (2 * i + 2) * digestBytes), i * nodeBytes + 1)
    ends[i] = (i + 1) * nodeBytes
  }
  const above = new Uint8Array((pairs + (count & 1)) * digestBytes)
  above.set(hashEach(data, ends))
  if (count & 1) above.set(level.subarray((count - 1) * digestBytes), pairs * digestBytes)
  return above
}

export interface Sibling {
  readonly digest: Uint8Array
  /** It stands before the digest that is proved. */
  readonly isLeft: boolean
}

/** What has to be hashed in, from the leaf up to the top. */
export function siblingsOf(levels: readonly Uint8Array[], leaf: number): readonly Sibling[] {
  const siblings: Sibling[] = []
  let place = leaf
  for (const level of levels.slice(0, -1)) {
    const other = place ^ 1
    if (other < level.length / digestBytes)
      siblings.push({
        digest: level.slice(other * digestBytes, (other + 1) * digestBytes),
        isLeft: other < place,
      })
    place >>= 1
  }
  return siblings
}

export function climb(leaf: Uint8Array, siblings: readonly Sibling[], hashEach: HashEach): Uint8Array {
  return siblings.reduce((at, { digest, isLeft }) => {
    const data = new Uint8Array(nodeBytes)
    data[0] = nodeMark
    data.set(isLeft ? digest : at, 1)
    data.set(isLeft ? at : digest, 1 + digestBytes)
    return hashEach(data, Uint32Array.of(nodeBytes))
  }, leaf)
}
