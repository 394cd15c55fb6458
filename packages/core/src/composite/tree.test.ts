// The identity of a composite: as the specification's own script has it; one change touches one page; a member is proved in under 1 KiB.
import { readFileSync } from 'node:fs'
import { blake3 } from '@noble/hashes/blake3.js'
import { expect, it } from 'vitest'
import { type BytePath, fromBuffer } from '../byte-path.ts'
import { decodePage, manifestOf, pagedList } from './manifest-page.ts'
import { digestBytes, hex, type MemberList, memberList, placeOf } from './member-list.ts'
import { decodeProof, encodeProof, isSound, proveMember } from './proof.ts'
import { compositeTree, hexRoot } from './tree.ts'

const hashEach = (data: Uint8Array, ends: Uint32Array): Uint8Array => {
  const digests = new Uint8Array(ends.length * digestBytes)
  let start = 0
  ends.forEach((end, i) => {
    digests.set(blake3(data.subarray(start, end)), i * digestBytes)
    start = end
  })
  return digests
}

interface Given {
  readonly path: BytePath
  readonly type: number
  readonly size: number
  readonly digest: Uint8Array
}

function listOf(members: readonly Given[]): MemberList {
  const sorted = [...members].sort((a, b) => (a.path < b.path ? -1 : 1))
  const list = memberList(sorted.map((one) => one.path))
  sorted.forEach((one, i) => {
    list.types[i] = one.type
    list.sizes[i] = one.size
    list.digests.set(one.digest, i * digestBytes)
  })
  return list
}

const counted = (count: number, changed = -1): MemberList =>
  listOf(
    Array.from({ length: count }, (_, i) => {
      const content = Buffer.from(i === changed ? 'changed' : `content ${i}`)
      return { path: `c/${i % 10}/${i}` as BytePath, type: 1, size: content.length, digest: blake3(content) }
    }),
  )

interface Vector {
  readonly what: string
  readonly members: { readonly counted: number } | readonly (readonly [string, number, number, string])[]
  readonly root: string
}
const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as readonly Vector[]

it.each(vectors)('$what', ({ members, root }) => {
  const bytes = (text: string): Buffer => Buffer.from(text, 'hex')
  const list =
    'counted' in members
      ? counted(members.counted)
      : listOf(
          members.map(([path, type, size, digest]) => ({
            path: fromBuffer(bytes(path)),
            type,
            size,
            digest: bytes(digest),
          })),
        )
  expect(hexRoot(compositeTree(list, hashEach))).toBe(root)
})

it('a changed member makes one new page, a new one touches two at most', () => {
  const rootsOf = (list: MemberList) =>
    manifestOf(pagedList(list), compositeTree(list, hashEach)).pages.map((page) => page.root)
  const before = new Set(rootsOf(counted(5000)))
  expect(before.size).toBeGreaterThan(10)
  expect(rootsOf(counted(5000, 2345)).filter((root) => !before.has(root))).toHaveLength(1)
  expect(rootsOf(counted(5001)).filter((root) => !before.has(root)).length).toBeLessThanOrEqual(2)
})

it('a page gives back its members', () => {
  const list = counted(300)
  const { pages } = manifestOf(pagedList(list), compositeTree(list, hashEach))
  const members = pages.flatMap((page) => decodePage(page.data()))
  expect(members.map((one) => one.path)).toEqual(list.paths)
  expect(members[7]?.digests.blake3).toBe(hex(list.digests.subarray(7 * digestBytes, 8 * digestBytes)))
})

it('every member of 3,000 is proved; no other content, path or root passes', () => {
  const list = counted(3000)
  const tree = compositeTree(list, hashEach)
  for (const path of ['c/0/0', 'c/9/2999', 'c/5/1235'] as BytePath[]) {
    const bytes = encodeProof(proveMember(list, tree, placeOf(list.paths, path), hashEach))
    expect(bytes.length).toBeLessThanOrEqual(1024)
    const proof = decodeProof(bytes)
    if (!proof) throw new Error('no proof')
    expect(isSound(proof, hashEach)).toBe(true)
    expect(isSound({ ...proof, size: proof.size + 1 }, hashEach)).toBe(false)
    expect(isSound({ ...proof, path: 'c/0/1' as BytePath }, hashEach)).toBe(false)
    expect(isSound({ ...proof, members: 2999 }, hashEach)).toBe(false)
    expect(isSound({ ...proof, siblings: proof.siblings.slice(1) }, hashEach)).toBe(false)
  }
})

it('bytes that are no proof are none', () => {
  const proof = encodeProof(proveMember(counted(9), compositeTree(counted(9), hashEach), 0, hashEach))
  for (const bytes of [
    Buffer.alloc(0),
    proof.subarray(0, 100),
    Buffer.concat([proof, Buffer.of(1)]),
    Buffer.from('roarprf1'),
  ])
    expect(decodeProof(bytes)).toBeNull()
})

it('a proof of which any bit is another one passes no more', () => {
  const list = counted(600)
  const proof = encodeProof(proveMember(list, compositeTree(list, hashEach), 500, hashEach))
  const passing: number[] = []
  for (let bit = 0; bit < proof.length * 8; bit++) {
    const other = Buffer.from(proof)
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7))
    const decoded = decodeProof(other)
    if (decoded && isSound(decoded, hashEach)) passing.push(bit)
  }
  expect(passing).toEqual([])
})
