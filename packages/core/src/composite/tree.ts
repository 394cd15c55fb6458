/** The identity of a composite: leaves into pages, pages into one root. docs/composites.md specifies it for other implementations. */
import type { BytePath } from '../byte-path.ts'
import { digestAt, digestBytes, hex, type MemberList } from './member-list.ts'
import { climb, type HashEach, levelsOver, type Sibling, siblingsOf, topOf } from './merkle.ts'
import { pageEnds } from './page-ends.ts'

export interface TreePage {
  readonly from: number
  readonly to: number
  readonly root: Uint8Array
}

export interface CompositeTree {
  readonly root: Uint8Array
  readonly pages: readonly TreePage[]
}

const leafMark = 0
const rootMark = 2
/** Type, size, length of the path. */
const headBytes = 1 + 1 + 8 + 4
const rootLabel = new TextEncoder().encode('roar composite 1')

export function compositeTree(list: MemberList, hashEach: HashEach): CompositeTree {
  let from = 0
  const pages = pageEnds(list.paths).map((to) => {
    const page = { from, to, root: pageRootOf(list, from, to, hashEach) }
    from = to
    return page
  })
  return treeOver(pages, list.paths.length, hashEach)
}

export const pageRootOf = (list: MemberList, from: number, to: number, hashEach: HashEach): Uint8Array =>
  topOf(leavesOf(list, from, to, hashEach), hashEach)

export const treeOver = (pages: readonly TreePage[], members: number, hashEach: HashEach): CompositeTree => ({
  root: rootOver(pages, members, hashEach),
  pages,
})

function rootOver(pages: readonly TreePage[], members: number, hashEach: HashEach): Uint8Array {
  const top = pages.length === 0 ? new Uint8Array(0) : topOf(pageRoots(pages), hashEach)
  return sealed(top, members, hashEach)
}

const pageRoots = (pages: readonly TreePage[]): Uint8Array => {
  const roots = new Uint8Array(pages.length * digestBytes)
  pages.forEach(({ root }, i) => {
    roots.set(root, i * digestBytes)
  })
  return roots
}

/** The number of members is part of the root: a subtree is never a composite of its own. */
export function sealed(top: Uint8Array, members: number, hashEach: HashEach): Uint8Array {
  const data = new Uint8Array(1 + rootLabel.length + 8 + top.length)
  data[0] = rootMark
  data.set(rootLabel, 1)
  new DataView(data.buffer).setBigUint64(1 + rootLabel.length, BigInt(members), true)
  data.set(top, 1 + rootLabel.length + 8)
  return hashEach(data, Uint32Array.of(data.length))
}

export function leavesOf(list: MemberList, from: number, to: number, hashEach: HashEach): Uint8Array {
  let length = 0
  for (let i = from; i < to; i++) length += headBytes + (list.paths[i] as BytePath).length + digestBytes
  const data = Buffer.alloc(length)
  const ends = new Uint32Array(to - from)
  let at = 0
  for (let i = from; i < to; i++) {
    at = writeLeaf(data, at, list, i)
    ends[i - from] = at
  }
  return hashEach(data, ends)
}

function writeLeaf(data: Buffer, start: number, list: MemberList, place: number): number {
  const path = list.paths[place] as BytePath
  const size = list.sizes[place] as number
  let at = data.writeUInt8(leafMark, start)
  at = data.writeUInt8(list.types[place] as number, at)
  at = data.writeUInt32LE(size % 2 ** 32, at)
  at = data.writeUInt32LE(Math.floor(size / 2 ** 32), at)
  at = data.writeUInt32LE(path.length, at)
  at += data.write(path, at, 'latin1')
  data.set(digestAt(list.digests, place), at)
  return at + digestBytes
}

/** From the member's leaf up to below the root. `list`: its page, and `place` in it. */
export function siblingsIn(
  list: MemberList,
  place: number,
  page: number,
  { pages }: CompositeTree,
  hashEach: HashEach,
): readonly Sibling[] {
  const inPage = levelsOver(leavesOf(list, 0, list.paths.length, hashEach), hashEach)
  const above = levelsOver(pageRoots(pages), hashEach)
  return [...siblingsOf(inPage, place), ...siblingsOf(above, page)]
}

/** The root that a member's leaf leads to. */
export const rootFrom = (leaf: Uint8Array, siblings: readonly Sibling[], members: number, hashEach: HashEach) =>
  sealed(climb(leaf, siblings, hashEach), members, hashEach)

export const hexRoot = ({ root }: { readonly root: Uint8Array }): string => hex(root)
