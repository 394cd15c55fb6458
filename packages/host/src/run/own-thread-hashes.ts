/** A hash service on the calling thread, without cache: for programs that hash few files and want no threads of ours. */
import { open } from 'node:fs/promises'
import type {
  BytePath,
  Digests,
  FileStamp,
  HashAlgorithm,
  HashedFile,
  Hasher,
  HashOptions,
  HashService,
} from '@roar/core'
import { toFsPath } from '@roar/core'

/** A file that changes under each of so many readings has no digest. */
const attempts = 3
const chunkSize = 1024 * 1024
const progressEveryMs = 100

export function createOwnThreadHashes(load: (name: string) => Promise<HashAlgorithm>): HashService {
  return {
    async hash(paths, options) {
      const algorithms = await Promise.all(options.algorithms.map(load))
      const buffer = Buffer.allocUnsafeSlow(chunkSize)
      const results: HashedFile[] = []
      const progress = progressOf(paths.length, options)
      for (const path of paths) {
        results.push(await hashFile(path, algorithms, buffer, options.signal, progress.bytes))
        progress.file()
      }
      return results
    },
    close: async () => undefined,
  }
}

async function hashFile(
  path: BytePath,
  algorithms: readonly HashAlgorithm[],
  buffer: Buffer,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<HashedFile> {
  let last: FileStamp | null = null
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { before, after, digests } = await readOnce(path, algorithms, buffer, signal, onBytes)
      if (sameVersion(before, after)) return { path, digests, error: null, stamp: after }
      last = after
    }
    return { path, digests: null, error: 'UNSTABLE', stamp: last }
  } catch (error) {
    return { path, digests: null, error: (error as NodeJS.ErrnoException).code ?? 'EIO', stamp: null }
  }
}

async function readOnce(
  path: BytePath,
  algorithms: readonly HashAlgorithm[],
  buffer: Buffer,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<{ before: FileStamp; after: FileStamp; digests: Digests }> {
  // O_NONBLOCK: opening a pipe that nobody writes to would otherwise never return.
  const { O_RDONLY, O_NONBLOCK } = process.getBuiltinModule('node:fs').constants
  const file = await open(toFsPath(path), O_RDONLY | O_NONBLOCK)
  try {
    const before = await file.stat({ bigint: true })
    if (!before.isFile()) throw Object.assign(new Error(), { code: before.isDirectory() ? 'EISDIR' : 'EINVAL' })
    const hashers = algorithms.map((algorithm) => algorithm.create())
    for (let got = 1; got > 0; ) {
      if (signal?.aborted) throw Object.assign(new Error(), { code: 'ECANCELED' })
      got = (await file.read(buffer, 0, chunkSize)).bytesRead
      feed(hashers, buffer.subarray(0, got))
      onBytes(got)
    }
    const digests = hashers.map((hasher, i) => [algorithms[i]?.name, Buffer.from(hasher.digest()).toString('hex')])
    return { before, after: stampOf(await file.stat({ bigint: true })), digests: Object.fromEntries(digests) }
  } finally {
    await file.close()
  }
}

function feed(hashers: readonly Hasher[], chunk: Uint8Array): void {
  if (chunk.length > 0) for (const hasher of hashers) hasher.update(chunk)
}

const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: FileStamp): FileStamp => ({ dev, ino, size, mtimeNs, ctimeNs })

const sameVersion = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs

function progressOf(totalFiles: number, { onProgress }: HashOptions) {
  let [files, bytes, told] = [0, 0, 0]
  const tell = (): void => {
    if (!onProgress || performance.now() - told < progressEveryMs) return
    told = performance.now()
    onProgress({ files, totalFiles, bytes, totalBytes: null })
  }
  return {
    bytes(count: number) {
      bytes += count
      tell()
    },
    file() {
      files++
      tell()
    },
  }
}
