/** Digests of files that have not changed since they were last hashed. */
import { statfsSync } from 'node:fs'
import { type BytePath, type DigestCache, type FileStamp, type HashedFile, toFsPath } from '@roar/core'
import { mappedInodes } from './mapped-files.ts'

/** Bytes. A smaller file is hashed sooner than it is looked up. */
export const worthCaching = 64 << 10

/** A moment at which files are looked at: everything that is asked of the machine only once, and only if it must be. */
interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number
  mapped(): ReadonlySet<bigint>
}

/**
 * A file that changed less than this (ms) before it was read may change once more without its times moving: kernels stamp by the timer tick
 * (up to 10 ms), file systems with coarse times by 1 s (ext3, HFS+, NFSv2) or 2 s (FAT).
 */
const clockGrain = 2000
/** A dirty page is written back after 30 s, looked for each 5 s (vm.dirty_expire_centisecs, vm.dirty_writeback_centisecs): see mapped-files.ts. */
const writtenBack = 40_000
/** Memory file systems never move times for stores through a mapping: statfs(2) of tmpfs, ramfs, hugetlbfs. */
const neverTimed = new Set([0x01021994, 0x858458f6, 0x958458f6])

export class CachedDigests {
  readonly #open: (() => Promise<DigestCache>) | null
  readonly #timed = new Map<bigint, boolean>()
  #cache: Promise<DigestCache> | null = null

  constructor(open: (() => Promise<DigestCache>) | null) {
    this.#open = open
  }

  /** To be taken before the files are read. */
  moment(): Moment {
    let mapped: ReadonlySet<bigint> | null = null
    return {
      now: Date.now(),
      mapped: () => {
        mapped ??= mappedInodes()
        return mapped
      },
    }
  }

  /** Of files whose stamp was just taken. */
  async find(
    files: readonly HashedFile[],
    algorithms: readonly string[],
    moment: Moment,
  ): Promise<ReadonlyMap<BytePath, HashedFile>> {
    const known = new Map<BytePath, HashedFile>()
    for (const { path, stamp } of files) {
      if (!stamp || !this.#isSettled(path, stamp, moment)) continue
      const digests = (await this.#ready())?.get(stamp)
      if (!digests || !algorithms.every((name) => name in digests)) continue
      const wanted = Object.fromEntries(algorithms.map((name) => [name, digests[name] as string]))
      known.set(path, { path, digests: wanted, error: null, stamp })
    }
    return known
  }

  async keep(hashed: readonly HashedFile[], moment: Moment): Promise<void> {
    for (const { path, digests, stamp } of hashed) {
      if (!digests || !stamp || stamp.size < worthCaching || !this.#isSettled(path, stamp, moment)) continue
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

  /** Would a later change of its bytes move its stamp? */
  #isSettled(path: BytePath, { dev, ino, mtimeNs, ctimeNs }: FileStamp, { now, mapped }: Moment): boolean {
    if (this.#open === null) return false
    const newest = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
    // A time in the future says nothing: the clock was set back, or is another machine's.
    const age = now - newest
    if (age < clockGrain || !this.#isTimed(dev, path)) return false
    return age >= writtenBack || !mapped().has(ino)
  }

  #isTimed(dev: bigint, path: BytePath): boolean {
    let timed = this.#timed.get(dev)
    if (timed === undefined) {
      timed = movesTimes(path)
      this.#timed.set(dev, timed)
    }
    return timed
  }
}

function movesTimes(path: BytePath): boolean {
  try {
    return !neverTimed.has(statfsSync(toFsPath(path)).type)
  } catch {
    return false
  }
}
