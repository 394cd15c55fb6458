/** One algorithm that reads whole files by itself, on several threads. */
import type { BytePath, FileHash, FileHasher, FileStamp, HashAlgorithm, HashedFile, HashOptions } from '@roar/core'
import type { ProgressCount } from './progress-count.ts'

export async function fastHash(
  { name }: HashAlgorithm,
  files: FileHasher,
  paths: readonly BytePath[],
  { threads, signal }: HashOptions & { readonly threads: number },
  progress: ProgressCount,
): Promise<readonly HashedFile[]> {
  const onProgress = progress.wanted ? (bytes: number) => progress.add(bytes) : undefined
  const results = await files.hashFiles(paths, {
    threads,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  })
  progress.finish(paths.length)
  return paths.map((path, i) => hashedFile(name, path, results[i] as FileHash))
}

function hashedFile(algorithm: string, path: BytePath, { digest, error, before, after }: FileHash): HashedFile {
  if (digest === null) return { path, digests: null, error: error ?? 'EIO', stamp: before }
  if (!before || !after || !isSameVersion(before, after))
    return { path, digests: null, error: 'UNSTABLE', stamp: after }
  return { path, digests: { [algorithm]: Buffer.from(digest).toString('hex') }, error: null, stamp: after }
}

export const isSameVersion = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.ino === b.ino && a.dev === b.dev
