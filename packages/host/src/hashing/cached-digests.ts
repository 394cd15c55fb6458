/** Digests of files that have not changed since they were last hashed. */
import { lstatSync } from 'node:fs'
import { type BytePath, type DigestCache, type FileStamp, type HashedFile, toFsPath } from '@roar/core'
import { stampOf } from './stream-hash.ts'

/** Bytes. A smaller file is hashed sooner than it is looked up. */
const worthCaching = 64 << 10
/**
 * A file changed within this time (ms) of now may change again without its times moving: kernels stamp by the timer tick (up to 10 ms), and
 * file systems with coarse times by 2 s (FAT) or 1 s (NFSv2, HFS+).
 */
const settledAfter = 2000

export interface Found {
  readonly known: ReadonlyMap<BytePath, HashedFile>
  readonly totalBytes: number
  readonly knownBytes: number
}

export class CachedDigests {
  readonly #open: (() => Promise<DigestCache>) | null
  #cache: Promise<DigestCache> | null = null

  constructor(open: (() => Promise<DigestCache>) | null) {
    this.#open = open
  }

  async look(paths: readonly BytePath[], algorithms: readonly string[]): Promise<Found> {
    const known = new Map<BytePath, HashedFile>()
    let [totalBytes, knownBytes] = [0, 0]
    for (const path of paths) {
      const size = sizeOf(path)
      totalBytes += size
      if (size < worthCaching) continue
      const hit = await this.#lookUp(path, algorithms)
      if (!hit) continue
      known.set(path, hit)
      knownBytes += size
    }
    return { known, totalBytes, knownBytes }
  }

  async #lookUp(path: BytePath, algorithms: readonly string[]): Promise<HashedFile | null> {
    const cache = await this.#ready()
    const stamp = cache && stampAt(path)
    const digests = stamp && isSettled(stamp) ? cache.get(stamp) : null
    if (!digests || !algorithms.every((name) => name in digests)) return null
    const wanted = Object.fromEntries(algorithms.map((name) => [name, digests[name] as string]))
    return { path, digests: wanted, error: null, stamp }
  }

  async keep(hashed: readonly HashedFile[]): Promise<void> {
    for (const { digests, stamp } of hashed) {
      if (!digests || !stamp || stamp.size < worthCaching || !isSettled(stamp)) continue
      ;(await this.#ready())?.put(stamp, digests)
    }
  }

  async close(): Promise<void> {
    ;(await this.#cache)?.close()
    this.#cache = null
  }

  async #ready(): Promise<DigestCache | null> {
    if (this.#open === null) return null
    this.#cache ??= this.#open()
    return this.#cache
  }
}

const isSettled = ({ mtimeNs, ctimeNs }: FileStamp): boolean => {
  const newest = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
  // A time in the future says nothing either: the clock was set back.
  return Math.abs(Date.now() - newest) > settledAfter && newest < Date.now()
}

function sizeOf(path: BytePath): number {
  try {
    const found = lstatSync(toFsPath(path), { throwIfNoEntry: false })
    return found?.isFile() ? found.size : 0
  } catch {
    return 0
  }
}

function stampAt(path: BytePath): FileStamp | null {
  try {
    return stampOf(lstatSync(toFsPath(path), { bigint: true }))
  } catch {
    return null
  }
}
