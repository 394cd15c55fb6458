/** LZ4's frame format, as Arrow's compressed buffers hold it. https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */

const magic = 0x184d2204
/** Of the descriptor's first byte. */
const flag = { blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 } as const
/** Set in a block's length where its bytes are not compressed. */
const stored = 0x80000000

/** Blocks may refer back to those before them. Checksums are not looked at: Arrow's own lengths are checked by its reader. Throws where the bytes are damaged. */
export function decodeLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== magic) throw new Error('a buffer is no LZ4 frame')
  const flags = view.getUint8(4)
  if (flags & flag.dictionary) throw new Error('an LZ4 frame needs a dictionary')
  const output = new Growing(frame.length * 4)
  let at = 4 + 2 + (flags & flag.contentSize ? 8 : 0) + 1
  for (let word = view.getUint32(at, true); word !== 0; word = view.getUint32(at, true)) {
    const length = word & ~stored
    const block = frame.subarray(at + 4, at + 4 + length)
    if (block.length < length) throw new Error('an LZ4 frame is cut off')
    if (word & stored) output.append(block)
    else decodeBlock(block, output)
    at += 4 + length + (flags & flag.blockChecksum ? 4 : 0)
  }
  return output.bytes()
}

/** Sequences: some literal bytes, then a stretch that stood before. The last has literals alone. */
function decodeBlock(block: Uint8Array, output: Growing): void {
  let at = 0
  const lengthOf = (nibble: number): number => {
    let length = nibble
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; length += byte) byte = block[at++] ?? 0
    return length
  }
  while (at < block.length) {
    const token = block[at++] as number
    const literals = lengthOf(token >> 4)
    output.append(block.subarray(at, at + literals))
    at += literals
    if (at >= block.length) return
    const distance = (block[at++] as number) | ((block[at++] ?? 0) << 8)
    output.repeat(distance, lengthOf(token & 15) + 4)
  }
}

class Growing {
  #bytes: Uint8Array
  #length = 0

  constructor(room: number) {
    this.#bytes = new Uint8Array(room)
  }

  append(more: Uint8Array): void {
    this.#reserve(more.length)
    this.#bytes.set(more, this.#length)
    this.#length += more.length
  }

  /** The stretch may reach into what it is itself making. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#length) throw new Error('an LZ4 block refers to bytes before its begin')
    this.#reserve(length)
    for (let left = length; left > 0; left--, this.#length++)
      this.#bytes[this.#length] = this.#bytes[this.#length - distance] as number
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array((this.#length + more) * 2)
    larger.set(this.bytes())
    this.#bytes = larger
  }
}
