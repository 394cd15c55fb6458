/** CRC-32 (ISO 3309, RFC 1952): reflected polynomial 0xedb88320; the digest is big-endian, as zip tools print it. */

/** @type {import('@roar/core').HashFactory} */
export const createHash = () => {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    return crc
  })
  return { name: 'crc32', digestLength: 4, create: () => new Crc32(table) }
}

class Crc32 {
  #table
  #crc = -1

  constructor(table) {
    this.#table = table
  }

  update(chunk) {
    const table = this.#table
    let crc = this.#crc
    for (let i = 0; i < chunk.length; i++) crc = table[(crc ^ chunk[i]) & 0xff] ^ (crc >>> 8)
    this.#crc = crc
  }

  digest() {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setInt32(0, ~this.#crc)
    return bytes
  }
}
