/** The checksums that S3 keeps beside an object; Google Cloud Storage has the first. Most significant byte first. */
import type { HashAlgorithm, Hasher } from '@roar/core'

/** Castagnoli, RFC 3720 appendix B.4. */
export const createCrc32c = (): HashAlgorithm => ({
  name: 'crc32c',
  digestLength: 4,
  create: () => checksum([0, 0x82f63b78], 4),
})

/** Of the NVM Express command set specification 1.0d, 5.2.1.3.4. */
export const createCrc64Nvme = (): HashAlgorithm => ({
  name: 'crc64nvme',
  digestLength: 8,
  create: () => checksum([0x9a6c9329, 0xac4bc9b5], 8),
})

/** Two halves, since a number of JavaScript's has no 64 bits. A checksum of 32 has nothing in the upper one. */
type Halves = readonly [high: number, low: number]

/** Reflected, all ones at the beginning and inverted at the end, as both are. The addon does this with the processor's own instructions. */
function checksum(polynomial: Halves, length: 4 | 8): Hasher {
  const { high, low } = tableOf(polynomial)
  let [upper, lower] = [length === 8 ? -1 : 0, -1]
  return {
    update(chunk) {
      for (const byte of chunk) {
        const at = (lower ^ byte) & 0xff
        lower = ((lower >>> 8) | (upper << 24)) ^ (low[at] as number)
        upper = (upper >>> 8) ^ (high[at] as number)
      }
    },
    digest() {
      const bytes = Buffer.alloc(8)
      bytes.writeInt32BE(~upper, 0)
      bytes.writeInt32BE(~lower, 4)
      return Uint8Array.from(bytes.subarray(8 - length))
    },
  }
}

interface Table {
  readonly high: Int32Array
  readonly low: Int32Array
}

const tables = new Map<number, Table>()

function tableOf([top, bottom]: Halves): Table {
  const known = tables.get(bottom)
  if (known) return known
  const table = { high: new Int32Array(256), low: new Int32Array(256) }
  for (let byte = 0; byte < 256; byte++) {
    let [upper, lower] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const carry = lower & 1
      lower = ((lower >>> 1) | (upper << 31)) ^ (carry ? bottom : 0)
      upper = (upper >>> 1) ^ (carry ? top : 0)
    }
    table.high[byte] = upper
    table.low[byte] = lower
  }
  tables.set(bottom, table)
  return table
}
