/** A directory's listing as the addon gives it: one buffer, see native/src/scan.rs. Texts and words are made of it when they are asked for. */
import { type BytePath, type PackedScan, type Revisited, scanEntryBytes, type TreeScan } from '@roar/core'

const head = 24
const kindAt = 40
const words = 5

export function decodeScan(result: Buffer): TreeScan {
  const [count, pathBytes, directories] = [0, 8, 16].map((at) => Number(result.readBigUInt64LE(at))) as [
    number,
    number,
    number,
  ]
  const pathsAt = head + count * scanEntryBytes
  const directoriesAt = pathsAt + pathBytes
  const namesAt = directoriesAt + directories * scanEntryBytes
  return new Scan({
    records: result.subarray(head, pathsAt),
    paths: result.subarray(pathsAt, directoriesAt),
    directories: { records: result.subarray(directoriesAt, namesAt), paths: result.subarray(namesAt) },
  })
}

class Scan implements TreeScan {
  readonly packed: PackedScan
  #paths: readonly BytePath[] | null = null
  #kinds: Uint8Array | null = null
  #stamps: BigInt64Array | null = null

  constructor(packed: PackedScan) {
    this.packed = packed
  }

  get paths(): readonly BytePath[] {
    const { paths } = this.packed
    this.#paths ??= Buffer.from(paths.buffer, paths.byteOffset, paths.byteLength)
      .toString('latin1')
      .split('\0')
      .slice(0, -1) as BytePath[]
    return this.#paths
  }

  get kinds(): Uint8Array {
    const { records } = this.packed
    this.#kinds ??= new Uint8Array(records.length / scanEntryBytes).map(
      (_, i) => records[i * scanEntryBytes + kindAt] as number,
    )
    return this.#kinds
  }

  get stamps(): BigInt64Array {
    this.#stamps ??= stampsIn(this.packed.records)
    return this.#stamps
  }
}

function stampsIn(records: Uint8Array): BigInt64Array {
  const count = records.length / scanEntryBytes
  const stamps = new BigInt64Array(count * words)
  const all = new BigInt64Array(Uint8Array.prototype.slice.call(records).buffer)
  for (let i = 0; i < count; i++) stamps.set(all.subarray(i * 6, i * 6 + words), i * words)
  return stamps
}

/** See native/src/revisit.rs: empty where the names are others. */
export function decodeRevisit(result: Buffer, directoryBytes: number): Revisited | null {
  if (result.length < directoryBytes || result.length === 0) return null
  const count = (result.length - directoryBytes) / (8 + scanEntryBytes)
  const places: number[] = []
  const records = new Uint8Array(count * scanEntryBytes)
  for (let i = 0; i < count; i++) {
    const at = i * (8 + scanEntryBytes)
    places.push(Number(result.readBigUInt64LE(at)))
    records.set(result.subarray(at + 8, at + 8 + scanEntryBytes), i * scanEntryBytes)
  }
  return { places, records, directories: result.subarray(result.length - directoryBytes) }
}
