/** A stranger's hash: what it throws, or answers that is no digest, is an error with the plugin's name. */
import type { FileHasher, HashAlgorithm, Hasher } from '@roar/core'

/** `failed` makes the error that is thrown. */
export function guardedHash(algorithm: HashAlgorithm, failed: (error: unknown) => Error): HashAlgorithm {
  const ask = <T>(question: () => T): T => {
    try {
      return question()
    } catch (error) {
      throw failed(error)
    }
  }
  const { name, digestLength, files, text } = algorithm
  return {
    name,
    digestLength,
    create: (size) =>
      guardedHasher(
        algorithm,
        ask(() => algorithm.create(size)),
        ask,
      ),
    ...(files && { files: guardedFiles(algorithm, files, failed) }),
    ...(text && { text: (digest, size) => ask(() => textOf(text.call(algorithm, digest, size))) }),
  }
}

function guardedHasher(algorithm: HashAlgorithm, hasher: Hasher, ask: <T>(question: () => T) => T): Hasher {
  return {
    update: (chunk) => ask(() => hasher.update(chunk)),
    digest: () => ask(() => digestOf(algorithm, hasher.digest())),
  }
}

function guardedFiles(algorithm: HashAlgorithm, files: FileHasher, failed: (error: unknown) => Error): FileHasher {
  return {
    async hashFiles(paths, options) {
      try {
        const found = await files.hashFiles(paths, options)
        if (found.length !== paths.length) throw new TypeError(`${found.length} answers for ${paths.length} files`)
        for (const { digest } of found) if (digest !== null) digestOf(algorithm, digest)
        return found
      } catch (error) {
        throw failed(error)
      }
    },
  }
}

/** One of another length would be taken for another digest, or move those behind it. */
export function digestOf({ digestLength }: Pick<HashAlgorithm, 'digestLength'>, digest: unknown): Uint8Array {
  if (digest instanceof Uint8Array && digest.length === digestLength) return digest
  const found = digest instanceof Uint8Array ? `${digest.length} bytes` : typeof digest
  throw new TypeError(`a digest of ${digestLength} bytes was promised, and is ${found}`)
}

function textOf(text: unknown): string {
  if (typeof text === 'string') return text
  throw new TypeError(`text() answered ${typeof text}`)
}
