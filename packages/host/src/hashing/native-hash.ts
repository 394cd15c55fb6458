/** Algorithms that read whole files by themselves, on several threads. */
import type { BytePath, FileHash, FileHasher, HashAlgorithm, HashedFile } from '@roar/core'
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

function hashedFile(
  algorithms: readonly HashAlgorithm[],
  path: BytePath,
  { digest, error, before, after }: FileHash,
): HashedFile {
  if (digest === null) return { path, digests: null, error: error ?? 'EIO', stamp: before }
  if (!before || !after || !isSameVersion(before, after))
    return { path, digests: null, error: 'UNSTABLE', stamp: after }
  return { path, digests: digestsIn(digest, algorithms, Number(after.size)), error: null, stamp: after }
}
