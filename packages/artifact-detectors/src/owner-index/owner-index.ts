/** Which package does a file of the system belong to? A table that is made once and read in a fraction of a millisecond. */
import type { BytePath, PackageFound, Probe } from '@roar/core'
import { lineKeys } from './line-keys.ts'
import { pathKey } from './path-key.ts'

export interface OwnedPackage extends Pick<PackageFound, 'ecosystem' | 'package' | 'version'> {
  readonly purl: string
  /** By which its database knows it. */
  readonly id: string
}

/** The index of a package in the low bits of an entry. No system has so many packages. */
const packageLimit = 1 << 14

/** Makes the table: 8 bytes a file, sorted, behind their number; then a line a package. */
export class OwnerIndexBuilder {
  readonly #packages: string[] = []
  /** All lists, one behind the other, and room for more. */
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  readonly #ends: number[] = []
  #length = 0

  /** Paths as they are in memory: a char a byte. */
  add(owned: OwnedPackage, files: Iterable<string>): void {
    this.addList(owned, Buffer.from([...files].map((file) => `${file}\n`).join(''), 'latin1'))
  }

  /** A path a line, parents before what is in them. */
  addList({ ecosystem, package: name, version, purl, id }: OwnedPackage, list: Uint8Array): void {
    if (this.#packages.length >= packageLimit) return
    this.#packages.push([ecosystem, name, version ?? '', purl, id].join('\t'))
    this.#take(list)
    if (list.length > 0 && list.at(-1) !== newline) this.#take(Buffer.of(newline))
    this.#ends.push(this.#length)
  }

  /** `moved`: files that lie elsewhere than their lists say, unless they are of the package that has them moved. */
  build(moved: readonly Moved[] = []): Uint8Array {
    const entries = lineKeys({ bytes: this.#bytes.subarray(0, this.#length), ends: this.#ends }, packageLimit)
    entries.sort()
    for (const one of moved) this.#move(entries, one)
    const text = Buffer.from(this.#packages.join('\n'), 'utf8')
    const table = Buffer.alloc(8 + entries.byteLength + text.length)
    table.writeDoubleLE(entries.length, 0)
    table.set(new Uint8Array(entries.buffer, 0, entries.byteLength), 8)
    table.set(text, 8 + entries.byteLength)
    return table
  }

  #take(bytes: Uint8Array): void {
    const end = this.#length + bytes.length
    if (end > this.#bytes.length) this.#grow(end)
    this.#bytes.set(bytes, this.#length)
    this.#length = end
  }

  #grow(length: number): void {
    const more = Buffer.allocUnsafeSlow(length * 2)
    more.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = more
  }

  #move(entries: Float64Array, { from, to, by }: Moved): void {
    const key = pathKey(from) * packageLimit
    const start = lowerBound(entries, key)
    const claims = entries.slice(start, lowerBound(entries, key + packageLimit))
    for (const owner of claims.map((entry) => entry - key))
      if (this.#packages[owner]?.split('\t')[1] !== by)
        replaceSorted(entries, key + owner, pathKey(to) * packageLimit + owner)
  }
}

function replaceSorted(entries: Float64Array, old: number, entry: number): void {
  const at = lowerBound(entries, old)
  const to = lowerBound(entries, entry)
  if (to > at) entries.copyWithin(at, at + 1, to)
  else entries.copyWithin(to + 1, to, at)
  entries[to > at ? to - 1 : to] = entry
}

/** Of the first entry that is not below it. */
function lowerBound(entries: Float64Array, entry: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] as number) < entry) low = middle + 1
    else high = middle
  }
  return low
}

const newline = 10

export interface Moved {
  readonly from: string
  readonly to: string
  /** The package whose own file has the name. */
  readonly by: string
}

export interface Owner {
  readonly found: PackageFound
  readonly id: string
}

export class OwnerIndex {
  readonly #entries: Float64Array
  readonly #text: Uint8Array
  readonly #known = new Map<number, Owner>()
  #lines: readonly string[] | null = null

  constructor(table: Uint8Array) {
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
    const room = Math.floor((table.byteLength - 8) / 8)
    const count = table.byteLength < 8 ? 0 : Math.min(view.getFloat64(0, true), room)
    const aligned = table.byteOffset % 8 === 0 ? table : Uint8Array.from(table)
    this.#entries = new Float64Array(aligned.buffer, aligned.byteOffset + 8, Math.max(0, count))
    this.#text = aligned.subarray(8 + this.#entries.byteLength)
  }

  ownerOf(path: BytePath): Owner | null {
    const key = pathKey(path) * packageLimit
    const at = lowerBound(this.#entries, key)
    const entry = this.#entries[at]
    return entry !== undefined && entry < key + packageLimit ? this.#package(entry - key) : null
  }

  #package(index: number): Owner | null {
    const known = this.#known.get(index)
    if (known) return known
    this.#lines ??= Buffer.from(this.#text).toString('utf8').split('\n')
    const [ecosystem = '', name = '', version = '', purl = '', id = ''] = this.#lines[index]?.split('\t') ?? []
    if (name === '') return null
    const owner = { found: { ecosystem, package: name, version: version || null, purl }, id }
    this.#known.set(index, owner)
    return owner
  }
}

/** Where a table comes from, and all that it rests on. */
export interface TableSource {
  readonly from: BytePath
  /** Files and directories whose change makes the table another one. */
  readonly restsOn: readonly BytePath[]
}

/** Opened once, when the first file asks for it; null where the machine has no such database. */
export function lazyIndex(
  name: string,
  source: (probe: Probe) => TableSource | null,
  make: (probe: Probe, from: BytePath) => Uint8Array,
): (probe: Probe) => OwnerIndex | null {
  let opened: OwnerIndex | null | undefined
  return (probe) => {
    if (opened === undefined) {
      const found = source(probe)
      opened = found && new OwnerIndex(probe.derived(name, found.restsOn, () => make(probe, found.from)))
    }
    return opened
  }
}

/** Bytecode is made where a package is installed, and belongs to nobody; what it was made from does. */
export const sourceOf = (path: BytePath): BytePath =>
  (path.endsWith('.pyc') ? path.replace(/__pycache__\/([^/.]+)\.[^/]*\.pyc$/, '$1.py') : path) as BytePath

/** Where a system's packages put files. A run touches many others, in the workspace and beside it. */
export const mayBePackaged = (path: string): boolean =>
  !/^\/(?:home|root|tmp|proc|sys|dev|run|mnt|media|Users)\//.test(path)
