/** Algorithms that read whole files by themselves, on several threads. */
import type { BytePath, Digests, FileHash, FileHasher, FileStamp, HashAlgorithm, HashedFile } from '@roar/core'
import { digestsIn } from './digest-text.ts'
import type { Task } from './hash-task.ts'
import { isSameVersion } from './read-file.ts'

export async function nativeHash(
  paths: readonly BytePath[],
  algorithms: readonly HashAlgorithm[],
  files: FileHasher,
  { below, threads, background, signal, progress }: Task,
): Promise<readonly HashedFile[]> {
  const results = await files.hashFiles(paths, {
    below,
    threads,
    background,
    ...(signal && { signal }),
    ...(progress.wanted && { onProgress: (bytes: number) => progress.add(bytes) }),
  })
  const hashed = paths.map((path, i) => hashedFile(algorithms, path, results[i] as FileHash))
  progress.finish(hashed.filter((one) => one.error !== 'LARGE').length)
  return hashed
}

function hashedFile(algorithms: readonly HashAlgorithm[], path: BytePath, found: FileHash): HashedFile {
  const { digest } = found
  if (digest === null) return { path, digests: null, error: found.error ?? 'EIO', stamp: found.before }
  if (!isUnchanged(found)) return { path, digests: null, error: 'UNSTABLE', stamp: found.after }
  return new HashedWhole(path, digestsIn(digest, algorithms, sizeOf(found)), found)
}

function isUnchanged(found: FileHash): boolean {
  if (found.unchanged !== undefined) return found.unchanged
  const { before, after } = found
  return before !== null && after !== null && isSameVersion(before, after)
}

const sizeOf = ({ size, after }: Pick<FileHash, 'size' | 'after'>): number => size ?? Number(after?.size)

/** The stamp is made when it is asked for: of most files only the size is. */
class HashedWhole implements HashedFile {
  readonly path: BytePath
  readonly digests: Digests
  readonly error = null
  readonly #found: FileHash

  constructor(path: BytePath, digests: Digests, found: FileHash) {
    this.path = path
    this.digests = digests
    this.#found = found
  }

  get stamp(): FileStamp | null {
    return this.#found.after
  }

  get size(): number {
    return sizeOf(this.#found)
  }
}
