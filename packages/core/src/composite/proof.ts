/** The proof that one member belongs to a composite: what leads from its leaf to the root. At most 1 KiB for a million members. */
import type { BytePath } from '../byte-path.ts'
import { fromBuffer } from '../byte-path.ts'
import { pagedList } from './manifest-page.ts'
import { digestAt, digestBytes, type MemberList, memberList, memberTypes } from './member-list.ts'
import type { HashEach, Sibling } from './merkle.ts'
import { type CompositeTree, leavesOf, rootFrom, siblingsIn, type TreePage } from './tree.ts'

export interface Proof {
  /** Of the composite it was made for. */
  readonly root: Uint8Array
  /** How many members the composite has. */
  readonly members: number
  readonly path: BytePath
  readonly type: 'file' | 'link'
  readonly size: number
  /** BLAKE3 of the member's bytes; of a link, of its target. */
  readonly digest: Uint8Array
  readonly siblings: readonly Sibling[]
}

export function proveMember(list: MemberList, tree: CompositeTree, place: number, hashEach: HashEach): Proof {
  const index = tree.pages.findIndex((page) => place < page.to)
  const { from, to } = tree.pages[index] as TreePage
  return proveInPage(pagedList(list).slice(from, to), place - from, index, tree, hashEach)
}

/** `list`: the members of that page alone. */
export function proveInPage(
  list: MemberList,
  place: number,
  page: number,
  tree: CompositeTree,
  hashEach: HashEach,
): Proof {
  return {
    root: tree.root,
    members: tree.pages.at(-1)?.to ?? 0,
    path: list.paths[place] as BytePath,
    type: list.types[place] === memberTypes.link ? 'link' : 'file',
    size: list.sizes[place] as number,
    digest: digestAt(list.digests, place),
    siblings: siblingsIn(list, place, page, tree, hashEach),
  }
}

/** Does it lead to the root that it names? Whoever relies on it knows that root from elsewhere. */
export function isSound(proof: Proof, hashEach: HashEach): boolean {
  const list = memberList([proof.path])
  list.types[0] = memberTypes[proof.type]
  list.sizes[0] = proof.size
  list.digests.set(proof.digest)
  const root = rootFrom(leavesOf(list, 0, 1, hashEach), proof.siblings, proof.members, hashEach)
  return Buffer.from(root).equals(proof.root)
}

const magic = Buffer.from('roarprf1')
/** Everything but the siblings and the path. */
const headBytes = magic.length + 2 * digestBytes + 8 + 8 + 1 + 1 + 4 + 2

/** Little-endian: magic, root, digest, members (u64), size (u64), type, count of siblings, which of them stand left (bits of a u32), siblings, path with its length (u16). */
export function encodeProof(proof: Proof): Buffer {
  const { siblings, path } = proof
  const bytes = Buffer.alloc(headBytes + siblings.length * digestBytes + path.length)
  let at = magic.copy(bytes)
  for (const digest of [proof.root, proof.digest]) at = put(bytes, digest, at)
  at = bytes.writeBigUInt64LE(BigInt(proof.members), at)
  at = bytes.writeBigUInt64LE(BigInt(proof.size), at)
  at = bytes.writeUInt8(memberTypes[proof.type], at)
  at = bytes.writeUInt8(siblings.length, at)
  at = bytes.writeUInt32LE(
    siblings.reduce((bits, { isLeft }, i) => bits + (isLeft ? 2 ** i : 0), 0),
    at,
  )
  for (const { digest } of siblings) at = put(bytes, digest, at)
  at = bytes.writeUInt16LE(path.length, at)
  bytes.write(path, at, 'latin1')
  return bytes
}

function put(bytes: Buffer, digest: Uint8Array, at: number): number {
  bytes.set(digest, at)
  return at + digestBytes
}

export const isEncodedProof = (bytes: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic)

const typeOf = (byte: number | undefined): Proof['type'] | null =>
  byte === memberTypes.link ? 'link' : byte === memberTypes.file ? 'file' : null

/** Null for bytes that are no proof: of one proof there is one form. */
export function decodeProof(bytes: Buffer): Proof | null {
  if (!isEncodedProof(bytes) || bytes.length < headBytes) return null
  const take = (at: number): Buffer => bytes.subarray(at, at + digestBytes)
  let at = magic.length + 2 * digestBytes
  const [members, size] = [Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8))]
  const type = typeOf(bytes[at + 16])
  const [count, left] = [bytes.readUInt8(at + 17), bytes.readUInt32LE(at + 18)]
  at += 22
  if (type === null || count > 32 || left >= 2 ** count || bytes.length < headBytes + count * digestBytes) return null
  const siblings = Array.from({ length: count }, (_, i) => ({
    digest: take(at + i * digestBytes),
    isLeft: Math.floor(left / 2 ** i) % 2 === 1,
  }))
  at += count * digestBytes
  const path = fromBuffer(bytes.subarray(at + 2))
  if (path.length !== bytes.readUInt16LE(at)) return null
  return { root: take(magic.length), digest: take(magic.length + digestBytes), members, size, type, path, siblings }
}
