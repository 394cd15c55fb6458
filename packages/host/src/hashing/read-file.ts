/** One read of a file for any number of algorithms. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type BytePath, type Digests, type FileStamp, type HashAlgorithm, type HashedFile, toFsPath } from '@roar/core'
import { digestText } from './digest-text.ts'
import { digestOf } from './guarded-hash.ts'

export interface Reading {
  readonly algorithms: readonly HashAlgorithm[]
  readonly buffer: Buffer
  /** Files of so many bytes or more are not read: error LARGE, with the stamp. */
  readonly below: number
  stopped(): boolean
  onBytes(bytes: number): void
}

/** Bytes. OpenSSL and BLAKE3 are at full speed from 64 KiB on; a piece of 256 KiB stays in the core's own cache between the algorithms. */
export const pieceBytes = 256 << 10

/** Never follows a link, never waits for a pipe's writer. */
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
/** Only the owner may read without moving the access time: EPERM for everybody else. */
const quietFlags = openFlags | (constants.O_NOATIME ?? 0)

/** Yields after each piece: whoever runs it may do something else in between. Throws only what no file is to blame for. */
export function* hashFile(path: BytePath, reading: Reading): Generator<void, HashedFile> {
  if (reading.stopped()) return failed(path, 'ABORTED')
  let fd = -1
  try {
    fd = openQuietly(path)
    return yield* hashOpen(path, fd, reading)
  } catch (error) {
    return failed(path, systemCode(error))
  } finally {
    if (fd >= 0) closeSync(fd)
  }
}

function* hashOpen(path: BytePath, fd: number, reading: Reading): Generator<void, HashedFile> {
  const found = fstatSync(fd, { bigint: true })
  if (!found.isFile()) return failed(path, found.isDirectory() ? 'EISDIR' : 'NOT_REGULAR')
  const before = stampOf(found)
  if (before.size >= reading.below) return failed(path, 'LARGE', before)
  const digests = yield* digestsOf(fd, Number(before.size), reading)
  if (digests === null) return failed(path, 'ABORTED', before)
  const after = stampOf(fstatSync(fd, { bigint: true }))
  return isSameVersion(before, after) ? { path, digests, error: null, stamp: after } : failed(path, 'UNSTABLE', after)
}

function* digestsOf(fd: number, size: number, reading: Reading): Generator<void, Digests | null> {
  const { algorithms, buffer } = reading
  const hashers = algorithms.map((algorithm) => algorithm.create(size))
  for (let offset = 0; ; yield) {
    if (reading.stopped()) return null
    const length = readSync(fd, buffer, 0, buffer.length, offset)
    if (length > 0) for (const hasher of hashers) hasher.update(buffer.subarray(0, length))
    reading.onBytes(length)
    offset += length
    // A file system in user space may answer with less than there is: only the size, or nothing, is the end.
    if (length === 0 || (offset >= size && length < buffer.length)) break
  }
  const digests: Record<string, string> = {}
  algorithms.forEach((algorithm, i) => {
    digests[algorithm.name] = digestText(algorithm, digestOf(algorithm, hashers[i]?.digest()), size)
  })
  return digests
}

function openQuietly(path: BytePath): number {
  const name = path.includes('\0') ? '' : toFsPath(path)
  // A descriptor of our own is a link by its nature, to a file that may have no name (shared-bytes.ts).
  const followed = path.startsWith('/proc/self/fd/') ? constants.O_NOFOLLOW : 0
  try {
    return openSync(name, quietFlags & ~followed)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    return openSync(name, openFlags & ~followed)
  }
}

/** What is no answer of the kernel's is a fault of an algorithm, and not for this file to explain. */
function systemCode(error: unknown): string {
  const { errno, code } = error as NodeJS.ErrnoException
  if (typeof errno !== 'number' || code === undefined) throw error
  return code
}

const failed = (path: BytePath, error: string, stamp: FileStamp | null = null): HashedFile => ({
  path,
  digests: null,
  error,
  stamp,
})

const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileStamp => ({
  dev,
  ino,
  size,
  mtimeNs,
  ctimeNs,
})

export const isSameVersion = (a: FileStamp, b: FileStamp): boolean =>
  a === b ||
  (a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.ino === b.ino && a.dev === b.dev)
