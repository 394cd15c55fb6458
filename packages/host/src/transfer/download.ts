/** Fetches one object to a file: hashed as it arrives, checked, and given its name only then. */
import {
  type Digests,
  fromString,
  type HashAlgorithm,
  type HashService,
  isRoarError,
  RoarError,
  type Storage,
  type StoredObject,
} from '@roar/core'
import { type ExpectedDigest, mismatch, mismatchError } from './expected-digest.ts'
import { objectPieces, objectRange } from './object-pieces.ts'
import { PartialFile } from './partial-file.ts'
import { type TransferDigests, transferDigests } from './transfer-digests.ts'

export interface DownloadRoom {
  readonly storage: Storage
  readonly algorithms: readonly HashAlgorithm[]
  /** For what has a size that nobody knew before it was there. */
  readonly hashes: HashService
  readonly expected: ExpectedDigest | null
  readonly replace: boolean
  readonly signal: AbortSignal
  /** Bytes a second; as `get.least_rate`. */
  readonly leastRate?: number
  /** Bytes more; less than nothing when something begins anew. */
  readonly onProgress: (bytes: number) => void
}

export interface Downloaded {
  readonly digests: Digests
  readonly size: number
}

/** Whole attempts where a server knows no ranges. */
const attempts = 3

export async function download(room: DownloadRoom, object: StoredObject, destination: string): Promise<Downloaded> {
  const partial = new PartialFile(destination)
  try {
    const digests = await fetchAll(room, object, partial)
    const fault = mismatch(digests, object.digests, room.expected)
    if (fault) {
      await partial.discard()
      throw mismatchError(object.url, fault)
    }
    const size = partial.length
    await partial.finish(room.replace)
    return { digests, size }
  } finally {
    await partial.leave()
  }
}

async function fetchAll(room: DownloadRoom, given: StoredObject, partial: PartialFile): Promise<Digests> {
  let object = given
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(room, object, partial)
    } catch (error) {
      if (object.ranges && isRoarError(error) && error.data.ranges === false) {
        // It said that it knows them, and does not keep to them.
        object = { ...object, ranges: false }
        room.onProgress(-partial.length)
        continue
      }
      const passing = isRoarError(error) && error.data.passing === true
      // Ranges have been tried again one by one.
      if (object.ranges || !passing || attempt === attempts || room.signal.aborted) throw error
      room.onProgress(-partial.length)
      const { setTimeout } = await import('node:timers/promises')
      await setTimeout(500 * attempt, undefined, { signal: room.signal })
    }
  }
}

async function fetchOnce(room: DownloadRoom, object: StoredObject, partial: PartialFile): Promise<Digests> {
  const resumable = object.ranges ? object : { ...object, etag: null }
  await partial.close()
  let begun = await partial.begin(resumable)
  if (begun > 0 && !(await isStillThere(room, object, partial))) begun = await partial.beginAnew(resumable)
  const counted = object.size === null ? null : transferDigests(room.algorithms, object.size)
  if (counted) await feed(counted, partial, room)
  for await (const piece of objectPieces(room.storage, object, begun, patienceOf(room))) {
    await Promise.all([partial.write(piece), counted?.update(piece)])
    room.onProgress(piece.length)
  }
  return counted ? counted.digests() : hashFile(room, partial)
}

const patienceOf = ({ signal, leastRate }: DownloadRoom) => ({ signal, ...(leastRate !== undefined && { leastRate }) })

/** Bytes at both ends of what was kept that are asked for again: a server may give one ETag to two contents. */
const compared = 64 << 10

async function isStillThere(room: DownloadRoom, object: StoredObject, partial: PartialFile): Promise<boolean> {
  const ends = [0, Math.max(0, partial.length - compared)].map((start) => [
    start,
    Math.min(start + compared, partial.length),
  ])
  for (const [start, end] of ends as [number, number][]) {
    const there = await objectRange(room.storage, object, { start, end }, patienceOf(room))
    if (!(await partial.read(start, end)).equals(there)) return false
  }
  return true
}

async function feed(digests: TransferDigests, partial: PartialFile, room: DownloadRoom): Promise<void> {
  for await (const chunk of partial.bytes()) {
    await digests.update(chunk)
    room.onProgress(chunk.length)
  }
}

async function hashFile({ hashes, algorithms, signal }: DownloadRoom, partial: PartialFile): Promise<Digests> {
  const names = algorithms.map((one) => one.name)
  const [hashed] = await hashes.hash([fromString(partial.path)], { algorithms: names, signal })
  if (hashed?.digests) return hashed.digests
  throw new RoarError('ROAR_TRANSFER_READ', `'${partial.path}' cannot be read: ${hashed?.error}.`)
}
