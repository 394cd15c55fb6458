/** Digests of bytes on their way, for every algorithm at once; by native code beside this thread where there is some. */
import type { Digests, HashAlgorithm, Hasher } from '@roar/core'
import { digestsIn } from '../hashing/digest-text.ts'

export interface TransferDigests {
  /** The bytes stay as they are until it resolves. */
  update(chunk: Uint8Array): Promise<void>
  digests(): Digests
}

export function transferDigests(algorithms: readonly HashAlgorithm[], size: number): TransferDigests {
  const hasher = together(algorithms, size) ?? oneByOne(algorithms, size)
  return {
    update: async (chunk) => {
      if (hasher.updateBeside) await hasher.updateBeside(chunk)
      else hasher.update(chunk)
    },
    digests: () => digestsIn(hasher.digest(), algorithms, size),
  }
}

function together(algorithms: readonly HashAlgorithm[], size: number): Hasher | null {
  const names = algorithms.map((one) => one.name)
  for (const algorithm of algorithms) {
    const made = algorithm.together?.(names)
    if (made) return made.create(size)
  }
  return null
}

function oneByOne(algorithms: readonly HashAlgorithm[], size: number): Hasher {
  const hashers = algorithms.map((one) => one.create(size))
  return {
    update: (chunk) => {
      for (const hasher of hashers) hasher.update(chunk)
    },
    digest: () => Buffer.concat(hashers.map((hasher) => hasher.digest())),
  }
}
