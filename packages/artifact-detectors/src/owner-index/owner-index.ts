/** Which package does a file of the system belong to? A table that is made once and read in a fraction of a millisecond. */
import type { BytePath, PackageFound, Probe } from '@roar/core'
import { PathKeys } from './path-key.ts'

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
  readonly #entries: number[] = []
  readonly #keys = new PathKeys()

  add({ ecosystem, package: name, version, purl, id }: OwnedPackage, files: Iterable<string>): void {
    const index = this.#packages.length
    if (index >= packageLimit) return
    this.#packages.push([ecosystem, name, version ?? '', purl, id].join('\t'))
    for (const file of files) this.#entries.push(this.#keys.of(file) * packageLimit + index)
  }

  build(): Uint8Array {
    const entries = Float64Array.from(this.#entries).sort()
    const text = Buffer.from(this.#packages.join('\n'), 'utf8')
    const table = Buffer.alloc(8 + entries.byteLength + text.length)
    table.writeDoubleLE(entries.length, 0)
    table.set(new Uint8Array(entries.buffer), 8)
    table.set(text, 8 + entries.byteLength)
    return table
  }
}

export interface Owner {
  readonly found: PackageFound
  readonly id: string
}

export class OwnerIndex {
  readonly #entries: Float64Array
  readonly #text: Uint8Array
  readonly #known = new Map<number, Owner>()
  readonly #keys = new PathKeys()
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
    const key = this.#keys.of(path) * packageLimit
    const at = this.#lowerBound(key)
    const entry = this.#entries[at]
    return entry !== undefined && entry < key + packageLimit ? this.#package(entry - key) : null
  }

  /** Of the first entry that is not below it. */
  #lowerBound(key: number): number {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#entries[middle] as number) < key) low = middle + 1
      else high = middle
    }
    return low
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

/** Opened once, when the first file asks for it; null where the machine has no such database. */
export function lazyIndex(
  name: string,
  source: (probe: Probe) => BytePath | null,
  make: (probe: Probe, source: BytePath) => Uint8Array,
): (probe: Probe) => OwnerIndex | null {
  let opened: OwnerIndex | null | undefined
  return (probe) => {
    if (opened === undefined) {
      const from = source(probe)
      opened = from === null ? null : new OwnerIndex(probe.derived(name, from, () => make(probe, from)))
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
