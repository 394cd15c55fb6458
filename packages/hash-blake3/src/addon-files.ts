/** Whole files through the addon. Results come as one buffer and are decoded when they are asked for. */
import { availableParallelism } from 'node:os'
import { getSystemErrorName } from 'node:util'
import { type BytePath, type FileHash, type FileHasher, type FileStamp, toBuffer } from '@roar/core'
import type { Addon } from './addon.ts'

const progressEveryMs = 100
/** As in native/src/record.rs. */
const offsets = { error: 32, before: 40, after: 80 }
const ownErrors: Readonly<Record<number, string>> = { [-1]: 'NOT_REGULAR', [-2]: 'ABORTED' }

export const addonFiles = (addon: Addon): FileHasher => ({
  async hashFiles(paths, { threads = availableParallelism(), signal, onProgress } = {}) {
    if (paths.length === 0) return []
    const job = new addon.HashJob(joined(paths), threads)
    const cancel = (): void => job.cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted) job.cancel()
    let told = 0
    const tell = (): void => {
      const bytes = job.bytes
      if (bytes > told) onProgress?.(bytes - told)
      told = bytes
    }
    const timer = onProgress ? setInterval(tell, progressEveryMs) : null
    try {
      const records = await job.run()
      tell()
      const size = addon.recordSize()
      return paths.map((_, i) => new NativeResult(records, i * size))
    } finally {
      if (timer) clearInterval(timer)
      signal?.removeEventListener('abort', cancel)
    }
  },
})

const joined = (paths: readonly BytePath[]): Buffer => toBuffer(`${paths.join('\0')}\0` as BytePath)

class NativeResult implements FileHash {
  readonly #records: Buffer
  readonly #at: number

  constructor(records: Buffer, at: number) {
    this.#records = records
    this.#at = at
  }

  get digest(): Uint8Array | null {
    return this.#errno === 0 ? this.#records.subarray(this.#at, this.#at + 32) : null
  }

  get error(): string | null {
    const errno = this.#errno
    return errno === 0 ? null : (ownErrors[errno] ?? getSystemErrorName(-errno))
  }

  get before(): FileStamp | null {
    return this.#stamp(offsets.before)
  }

  get after(): FileStamp | null {
    return this.#stamp(offsets.after)
  }

  get #errno(): number {
    return this.#records.readInt32LE(this.#at + offsets.error)
  }

  #stamp(offset: number): FileStamp | null {
    const at = this.#at + offset
    const word = (i: number): bigint => this.#records.readBigUInt64LE(at + i * 8)
    const ino = word(1)
    return ino === 0n ? null : { dev: word(0), ino, size: word(2), mtimeNs: word(3), ctimeNs: word(4) }
  }
}
