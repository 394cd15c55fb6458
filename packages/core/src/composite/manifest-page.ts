/** A page of members as bytes: what stores keep. Neighbours' paths share their beginnings, which are written once. */
import type { BytePath } from '../byte-path.ts'
import type { Manifest, Member } from '../model.ts'
import { digestAt, digestBytes, hex, type MemberList, memberTypes } from './member-list.ts'
import type { CompositeTree } from './tree.ts'

/** A list of which only a page at a time is asked for. */
export interface PagedMembers {
  pathAt(place: number): BytePath
  slice(from: number, to: number): MemberList
}

export const manifestOf = (members: PagedMembers, { pages }: CompositeTree): Manifest => ({
  pages: pages.map(({ from, to, root }) => ({
    root: hex(root),
    members: to - from,
    first: members.pathAt(from),
    last: members.pathAt(to - 1),
    data: () => encodePage(members.slice(from, to)),
  })),
})

export const pagedList = (list: MemberList): PagedMembers => ({
  pathAt: (place) => list.paths[place] as BytePath,
  slice: (from, to) => ({
    paths: list.paths.slice(from, to),
    types: list.types.subarray(from, to),
    sizes: list.sizes.subarray(from, to),
    digests: list.digests.subarray(from * digestBytes, to * digestBytes),
    sha256: list.sha256?.subarray(from * digestBytes, to * digestBytes) ?? null,
  }),
})

/** Form 1: flags (1: each member has a SHA-256 behind its BLAKE3 digest), then for each member what it shares, what it adds, type, size, digests. */
const form = 1
const withSha256 = 1

function encodePage(list: MemberList): Uint8Array {
  const bytes = new Writer()
  bytes.number(form)
  bytes.number(list.sha256 ? withSha256 : 0)
  let before = ''
  for (let i = 0; i < list.paths.length; i++) {
    const path = list.paths[i] as string
    const shared = sharedLength(before, path)
    bytes.number(shared)
    bytes.text(path.slice(shared))
    bytes.number(list.types[i] as number)
    bytes.number(list.sizes[i] as number)
    bytes.raw(digestAt(list.digests, i))
    if (list.sha256) bytes.raw(digestAt(list.sha256, i))
    before = path
  }
  return bytes.done()
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++
  return length
}

/** Throws RangeError for bytes that are no page. */
export function decodePage(data: Uint8Array): readonly Member[] {
  const bytes = new Reader(data)
  if (bytes.number() !== form) throw new RangeError('a page of members of an unknown form')
  const hasSha256 = (bytes.number() & withSha256) !== 0
  const members: Member[] = []
  for (let path = ''; !bytes.ended; ) {
    path = path.slice(0, bytes.number()) + bytes.text()
    const type = bytes.number() === memberTypes.link ? 'link' : 'file'
    const size = bytes.number()
    const digests: Record<string, string> = { blake3: bytes.hex(digestBytes) }
    if (hasSha256) digests.sha256 = bytes.hex(digestBytes)
    members.push({ path: path as BytePath, type, size, digests })
  }
  return members
}

/** By which a page is found again: the first four bytes of each file's digest, once. Empty files are one content, and lead to no composite. */
export function memberKeys(data: Uint8Array): readonly number[] {
  const bytes = new Reader(data)
  if (bytes.number() !== form) throw new RangeError('a page of members of an unknown form')
  const further = (bytes.number() & withSha256) !== 0 ? digestBytes : 0
  const keys = new Set<number>()
  while (!bytes.ended) {
    bytes.number()
    bytes.skip(bytes.number())
    const isFile = bytes.number() !== memberTypes.link
    const size = bytes.number()
    const key = bytes.key()
    bytes.skip(digestBytes - 4 + further)
    if (isFile && size > 0) keys.add(key)
  }
  return [...keys]
}

export const memberKey = (digest: string): number => Number.parseInt(digest.slice(0, 8), 16)

class Writer {
  #bytes = Buffer.allocUnsafe(32 << 10)
  #at = 0

  /** Seven bits a byte, the low ones first. */
  number(value: number): void {
    this.#room(10)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#at++] = rest
  }
  text(text: string): void {
    this.number(text.length)
    this.#room(text.length)
    this.#at += this.#bytes.write(text, this.#at, 'latin1')
  }
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + length))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }
  number(): number {
    let [value, unit] = [0, 1]
    for (;;) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('a page of members that is cut off')
      value += (byte & 127) * unit
      if (byte < 128) return value
      unit *= 128
    }
  }
  text(): string {
    return this.#take(this.number()).toString('latin1')
  }
  key(): number {
    return this.#take(4).readUInt32BE()
  }
  skip(length: number): void {
    this.#take(length)
  }
  hex(length: number): string {
    return this.#take(length).toString('hex')
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('a page of members that is cut off')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}
