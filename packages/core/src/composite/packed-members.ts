/** The members of a composite as they are kept: bytes, of which texts are made page by page. A change makes its own page again, no other. */
import type { BytePath } from '../byte-path.ts'
import { type FileStamp, type FlatLines, scanEntryBytes } from '../contracts.ts'
import type { Manifest } from '../model.ts'
import { type FormerComposite, formerFlags } from '../ports.ts'
import { manifestOf } from './manifest-page.ts'
import { digestBytes, type MemberList, memberList } from './member-list.ts'
import type { HashEach } from './merkle.ts'
import { type Proof, proveInPage } from './proof.ts'
import { type CompositeTree, pageRootOf, treeOver } from './tree.ts'

const sizeAt = 16
const kindAt = 40
const nul = 0

/** What is new of an entry. */
export interface EntryChange {
  readonly size?: number
  readonly record?: Uint8Array
  /** Five words. */
  readonly stamp?: BigInt64Array
  readonly digest?: Uint8Array
  readonly sha256?: Uint8Array | null
}

export class PackedMembers {
  readonly former: FormerComposite
  readonly #paths: Buffer
  readonly #records: DataView
  /** Where each entry's path begins, and behind the last. */
  readonly #starts: Uint32Array
  /** Entries of the members; null when all are. */
  readonly #entries: Uint32Array | null

  constructor(former: FormerComposite) {
    this.former = former
    const { paths, records } = former.scan
    this.#paths = Buffer.from(paths.buffer, paths.byteOffset, paths.byteLength)
    this.#records = new DataView(records.buffer, records.byteOffset, records.byteLength)
    this.#starts = startsOf(paths, former.flags.length)
    this.#entries = membersAmong(former.flags)
  }

  get count(): number {
    return this.#entries?.length ?? this.former.flags.length
  }

  isMember(entry: number): boolean {
    return ((this.former.flags[entry] ?? 0) & formerFlags.member) !== 0
  }

  /** The entry of a path, or -1. */
  find(path: BytePath): number {
    let [low, high] = [0, this.former.flags.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.path(middle) < path) low = middle + 1
      else high = middle
    }
    return low < this.former.flags.length && this.path(low) === path ? low : -1
  }

  path(entry: number): BytePath {
    const [from, to] = [this.#starts[entry] as number, this.#starts[entry + 1] as number]
    return this.#paths.toString('latin1', from, to - 1) as BytePath
  }

  size(entry: number): number {
    return Number(this.#records.getBigUint64(entry * scanEntryBytes + sizeAt, true))
  }

  /** Five words: dev, ino, size, mtime, ctime. */
  stamp(entry: number): BigInt64Array {
    return BigInt64Array.from({ length: 5 }, (_, i) => this.#records.getBigInt64(entry * scanEntryBytes + i * 8, true))
  }

  /** The change time is left out, as in `sameVersion`. */
  isStamp(entry: number, { dev, ino, size, mtimeNs }: FileStamp): boolean {
    const [oneDev, oneIno, oneSize, oneTime] = this.stamp(entry)
    return oneDev === dev && oneIno === ino && oneSize === size && oneTime === mtimeNs
  }

  totalSize(): number {
    let total = 0
    for (let entry = 0; entry < this.former.flags.length; entry++)
      if (this.isMember(entry)) {
        const at = entry * scanEntryBytes + sizeAt
        total += this.#records.getUint32(at, true) + this.#records.getUint32(at + 4, true) * 2 ** 32
      }
    return total
  }

  list(entries: readonly number[]): MemberList {
    const { digests, sha256 } = this.former
    const list = memberList(
      entries.map((entry) => this.path(entry)),
      { sha256: sha256 !== null },
    )
    entries.forEach((entry, to) => {
      list.types[to] = this.#records.getUint8(entry * scanEntryBytes + kindAt)
      list.sizes[to] = this.size(entry)
      list.digests.set(digests.subarray(entry * digestBytes, (entry + 1) * digestBytes), to * digestBytes)
      if (sha256) list.sha256?.set(sha256.subarray(entry * digestBytes, (entry + 1) * digestBytes), to * digestBytes)
    })
    return list
  }

  all(): MemberList {
    return this.list(this.#range(0, this.count))
  }

  set(entry: number, { record, stamp, size, digest, sha256 }: EntryChange): void {
    if (record) this.former.scan.records.set(record, entry * scanEntryBytes)
    stamp?.forEach((word, i) => {
      this.#records.setBigInt64(entry * scanEntryBytes + i * 8, word, true)
    })
    if (size !== undefined) this.#records.setBigUint64(entry * scanEntryBytes + sizeAt, BigInt(size), true)
    if (digest) this.former.digests.set(digest, entry * digestBytes)
    if (sha256) this.former.sha256?.set(sha256, entry * digestBytes)
  }

  /** To be changed apart from this one. */
  copy(): PackedMembers {
    const { former } = this
    return new PackedMembers({
      ...former,
      scan: { ...former.scan, records: former.scan.records.slice() },
      digests: former.digests.slice(),
      sha256: former.sha256?.slice() ?? null,
      pageRoots: former.pageRoots.slice(),
    })
  }

  /** Makes the pages of these members again. */
  reroot(entries: Iterable<number>, hashEach: HashEach): void {
    const { pageEnds, pageRoots } = this.former
    const pages = new Set<number>()
    for (const entry of entries) pages.add(pageAt(pageEnds, this.#position(entry)))
    for (const page of pages) {
      const list = this.#page(page)
      pageRoots.set(pageRootOf(list, 0, list.paths.length, hashEach), page * digestBytes)
    }
  }

  tree(hashEach: HashEach): CompositeTree {
    const { pageEnds, pageRoots } = this.former
    const pages = Array.from(pageEnds, (to, i) => ({
      from: i === 0 ? 0 : (pageEnds[i - 1] as number),
      to,
      root: pageRoots.subarray(i * digestBytes, (i + 1) * digestBytes),
    }))
    return treeOver(pages, this.count, hashEach)
  }

  /** Null for what is no member. */
  prove(path: BytePath, hashEach: HashEach): Proof | null {
    const entry = this.find(path)
    if (entry < 0 || !this.isMember(entry)) return null
    const { pageEnds } = this.former
    const position = this.#position(entry)
    const page = pageAt(pageEnds, position)
    const first = page === 0 ? 0 : (pageEnds[page - 1] as number)
    return proveInPage(this.#page(page), position - first, page, this.tree(hashEach), hashEach)
  }

  manifest(tree: CompositeTree): Manifest {
    return manifestOf(
      {
        pathAt: (position) => this.path(this.#entry(position)),
        slice: (from, to) => this.list(this.#range(from, to)),
      },
      tree,
    )
  }

  /** For the flat digests of others. */
  lines(algorithm: 'blake3' | 'sha256'): FlatLines {
    const { flags, digests, sha256, scan } = this.former
    const chosen = flags.map((flag) => flag & formerFlags.carriesData)
    return { paths: scan.paths, chosen, digests: algorithm === 'sha256' && sha256 ? sha256 : digests }
  }

  #page(page: number): MemberList {
    const { pageEnds } = this.former
    return this.list(this.#range(page === 0 ? 0 : (pageEnds[page - 1] as number), pageEnds[page] as number))
  }

  #range(from: number, to: number): readonly number[] {
    return Array.from({ length: to - from }, (_, i) => this.#entry(from + i))
  }

  #entry(position: number): number {
    return this.#entries ? (this.#entries[position] as number) : position
  }

  #position(entry: number): number {
    return this.#entries ? bound(this.#entries, entry) : entry
  }
}

/** The page that a member's position lies in. */
const pageAt = (ends: Uint32Array, position: number): number => bound(ends, position + 1)

/** The first place whose number is not below this one. */
function bound(numbers: Uint32Array, number: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return low
}

function startsOf(paths: Uint8Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (let i = 0, entry = 1; i < paths.length; i++) if (paths[i] === nul) starts[entry++] = i + 1
  return starts
}

function membersAmong(flags: Uint8Array): Uint32Array | null {
  let members = 0
  for (let i = 0; i < flags.length; i++) members += (flags[i] as number) & formerFlags.member
  if (members === flags.length) return null
  const entries = new Uint32Array(members)
  for (let i = 0, at = 0; i < flags.length; i++) if ((flags[i] as number) & formerFlags.member) entries[at++] = i
  return entries
}
