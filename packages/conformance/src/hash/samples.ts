/** Bytes to hash, and digests of them as text. */
import type { HashAlgorithm } from '@roar/core'

/** An independent implementation: the digest of some bytes. */
export type Oracle = (bytes: Uint8Array) => Uint8Array

/** Around the sizes at which hashes change their way: blocks of 64 and 128, chunks of 1024, pieces, BLAKE3's official vectors. */
export const lengths: readonly number[] = [
  0, 1, 2, 3, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4096, 4097, 5120,
  5121, 6144, 7168, 8192, 8193, 16384, 31744, 65535, 65536, 65537, 102400, 262144, 262145,
]

/** The input of BLAKE3's test vectors: 0, 1, …, 250, 0, 1, … */
export const patterned = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251)

export const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')

export function digestOf(algorithm: HashAlgorithm, chunks: readonly Uint8Array[]): Uint8Array {
  const hasher = algorithm.create(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  for (const chunk of chunks) hasher.update(chunk)
  return hasher.digest()
}

/** Pieces of irregular length, empty ones among them; the same for the same seed. */
export function cut(bytes: Uint8Array, seed: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, random = seed; at < bytes.length; ) {
    random = (random * 1103515245 + 12345) % 2147483648
    const length = random % 7 === 0 ? 0 : random % 3000
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}
