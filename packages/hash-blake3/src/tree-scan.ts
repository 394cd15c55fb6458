/** A directory's listing as the addon gives it: one buffer, see native/src/scan.rs. */
import type { BytePath, TreeScan } from '@roar/core'

const head = 8
const entry = { size: 48, kind: 40, words: 5 }

export function decodeScan(result: Buffer): TreeScan {
  const count = Number(result.readBigUInt64LE(0))
  const kinds = new Uint8Array(count)
  const stamps = new BigInt64Array(count * entry.words)
  const words = new BigInt64Array(
    result.buffer.slice(result.byteOffset + head, result.byteOffset + head + count * entry.size),
  )
  for (let i = 0; i < count; i++) {
    kinds[i] = result[head + i * entry.size + entry.kind] as number
    stamps.set(words.subarray(i * 6, i * 6 + entry.words), i * entry.words)
  }
  const names = result.toString('latin1', head + count * entry.size)
  return { paths: names.split('\0').slice(0, -1) as BytePath[], kinds, stamps }
}
