/** Several algorithms from one read. */
import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import {
  type BytePath,
  type FileStamp,
  type HashAlgorithm,
  type HashedFile,
  type HashOptions,
  toFsPath,
} from '@roar/core'
import { isSameVersion } from './fast-hash.ts'
import type { ProgressCount } from './progress-count.ts'

const pieceBytes = 1 << 20
/** Never follows a link, never waits for a pipe's writer. */
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

export async function streamHash(
  algorithms: readonly HashAlgorithm[],
  paths: readonly BytePath[],
  { signal }: HashOptions,
  progress: ProgressCount,
): Promise<readonly HashedFile[]> {
  const buffer = Buffer.allocUnsafe(pieceBytes)
  const results: HashedFile[] = []
  for (const path of paths) {
    results.push(signal?.aborted ? failed(path, 'ABORTED') : await hashFile(algorithms, path, buffer, signal, progress))
    progress.finish(1)
  }
  return results
}

const failed = (path: BytePath, error: string, stamp: FileStamp | null = null): HashedFile => ({
  path,
  digests: null,
  error,
  stamp,
})

async function hashFile(
  algorithms: readonly HashAlgorithm[],
  path: BytePath,
  buffer: Buffer,
  signal: AbortSignal | undefined,
  progress: ProgressCount,
): Promise<HashedFile> {
  let file: FileHandle | null = null
  try {
    file = await open(toFsPath(path), openFlags)
    const stats = await file.stat({ bigint: true })
    if (!stats.isFile()) return failed(path, stats.isDirectory() ? 'EISDIR' : 'NOT_REGULAR')
    const before = stampOf(stats)
    const digests = await digestsOf(file, algorithms, buffer, signal, progress)
    if (digests === null) return failed(path, 'ABORTED', before)
    const after = stampOf(await file.stat({ bigint: true }))
    return isSameVersion(before, after) ? { path, digests, error: null, stamp: after } : failed(path, 'UNSTABLE', after)
  } catch (error) {
    return failed(path, (error as NodeJS.ErrnoException).code ?? 'EIO')
  } finally {
    await file?.close()
  }
}

async function digestsOf(
  file: FileHandle,
  algorithms: readonly HashAlgorithm[],
  buffer: Buffer,
  signal: AbortSignal | undefined,
  progress: ProgressCount,
): Promise<Record<string, string> | null> {
  const hashers = algorithms.map((algorithm) => algorithm.create())
  for (;;) {
    if (signal?.aborted) return null
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
    if (bytesRead === 0) break
    for (const hasher of hashers) hasher.update(buffer.subarray(0, bytesRead))
    progress.add(bytesRead)
  }
  return Object.fromEntries(
    algorithms.map((algorithm, i) => [algorithm.name, Buffer.from(hashers[i]?.digest() ?? []).toString('hex')]),
  )
}

export const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileStamp => ({
  dev,
  ino,
  size,
  mtimeNs,
  ctimeNs,
})
