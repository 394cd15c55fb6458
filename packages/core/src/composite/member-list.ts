/** The members of a composite in columns: a million of them in some 100 MB, in the order of their paths' bytes. */
import type { BytePath } from '../byte-path.ts'
import type { Member } from '../model.ts'

export const memberTypes = { file: 1, link: 2 } as const
export const digestBytes = 32

export interface MemberList {
  /** Relative to the root, sorted bytewise, each once. */
  readonly paths: readonly BytePath[]
  /** Of `memberTypes`. */
  readonly types: Uint8Array
  readonly sizes: Float64Array
  /** BLAKE3, 32 bytes each. */
  readonly digests: Uint8Array
  /** SHA-256 of each, where it was asked for. */
  readonly sha256: Uint8Array | null
}

export function memberList(paths: readonly BytePath[], { sha256 = false } = {}): MemberList {
  const count = paths.length
  return {
    paths,
    types: new Uint8Array(count).fill(memberTypes.file),
    sizes: new Float64Array(count),
    digests: new Uint8Array(count * digestBytes),
    sha256: sha256 ? new Uint8Array(count * digestBytes) : null,
  }
}

/** The members at these places, in ascending order. */
export function selected(list: MemberList, places: readonly number[]): MemberList {
  const some = memberList(
    places.map((place) => list.paths[place] as BytePath),
    { sha256: list.sha256 !== null },
  )
  places.forEach((from, to) => {
    some.types[to] = list.types[from] as number
    some.sizes[to] = list.sizes[from] as number
    some.digests.set(digestAt(list.digests, from), to * digestBytes)
    if (list.sha256) some.sha256?.set(digestAt(list.sha256, from), to * digestBytes)
  })
  return some
}

export const digestAt = (digests: Uint8Array, place: number): Uint8Array =>
  digests.subarray(place * digestBytes, (place + 1) * digestBytes)

export function memberAt(list: MemberList, place: number): Member {
  const digests: Record<string, string> = { blake3: hex(digestAt(list.digests, place)) }
  if (list.sha256) digests.sha256 = hex(digestAt(list.sha256, place))
  return {
    path: list.paths[place] as BytePath,
    type: list.types[place] === memberTypes.link ? 'link' : 'file',
    size: list.sizes[place] as number,
    digests,
  }
}

/** Where it is, or -1. */
export function placeOf(paths: readonly BytePath[], path: BytePath): number {
  const place = lowerBound(paths, path)
  return paths[place] === path ? place : -1
}

/** The first place whose path is not before this one. */
export function lowerBound(paths: readonly BytePath[], path: string): number {
  let [low, high] = [0, paths.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((paths[middle] as string) < path) low = middle + 1
    else high = middle
  }
  return low
}

export const totalSize = ({ sizes }: MemberList): number => sizes.reduce((sum, size) => sum + size, 0)

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
