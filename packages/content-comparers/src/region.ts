/** A stretch of a file or of memory that holds an array's elements, read piece by piece: an array may be larger than memory. */
import { readSync } from 'node:fs'

export interface Region {
  /** Bytes. */
  readonly length: number
  read(at: number, length: number): Buffer
}

export const bufferRegion = (bytes: Uint8Array): Region => ({
  length: bytes.length,
  read: (at, length) => Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(length, bytes.length - at)),
})

export const fileRegion = (file: number, start: number, length: number): Region => ({
  length,
  read: (at, wanted) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(wanted, length - at)))
    let done = 0
    while (done < bytes.length) {
      const read = readSync(file, bytes, done, bytes.length - done, start + at + done)
      if (read === 0) throw new Error('the file is shorter than its header says')
      done += read
    }
    return bytes
  },
})
