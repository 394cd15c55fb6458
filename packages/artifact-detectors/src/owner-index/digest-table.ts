/** What a system's packages say of all their files: made once from a database that is slow to ask. Digests of one algorithm. */
import type { BytePath } from '@roar/core'
import { pathKey } from './path-key.ts'

/** Sorted keys of 8 bytes behind their number, then the digests in the same order. */
export function digestTable(files: Iterable<readonly [path: string, hex: string]>, length: number): Uint8Array {
  const all = [...files].map(([path, hex]) => [pathKey(path), hex] as const).sort(([a], [b]) => a - b)
  const table = Buffer.alloc(8 + all.length * (8 + length))
  table.writeDoubleLE(all.length, 0)
  for (const [i, [key, hex]] of all.entries()) {
    table.writeDoubleLE(key, 8 + i * 8)
    table.write(hex, 8 + all.length * 8 + i * length, length, 'hex')
  }
  return table
}

/** In hex; null when the table does not have it. */
export function digestIn(table: Uint8Array, path: BytePath, length: number): string | null {
  const bytes = Buffer.from(table.buffer, table.byteOffset, table.byteLength)
  const count = bytes.length < 8 ? 0 : Math.min(bytes.readDoubleLE(0), Math.floor((bytes.length - 8) / (8 + length)))
  const key = pathKey(path)
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bytes.readDoubleLE(8 + middle * 8) < key) low = middle + 1
    else high = middle
  }
  if (low >= count || bytes.readDoubleLE(8 + low * 8) !== key) return null
  const at = 8 + count * 8 + low * length
  return bytes.toString('hex', at, at + length)
}
