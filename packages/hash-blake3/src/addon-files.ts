/** Whole files through the addon. Results come as one buffer and are decoded when they are asked for. */
import { availableParallelism } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { BytePath, FileHash, FileHasher, FileHashOptions, FileStamp } from '@roar/core'
import type { Addon, NativeJob } from './addon.ts'

const progressEveryMs = 100
/** As in native/src/record.rs. */
const offsets = { error: 32, before: 40, after: 80 }
const ownErrors: Readonly<Record<number, string>> = {
  [-1]: 'NOT_REGULAR',
  [-2]: 'ABORTED',
  [-3]: 'UNSTABLE',
  [-4]: 'LARGE',
}

export const addonFiles = (addon: Addon): FileHasher => ({
  async hashFiles(paths, options = {}) {
    if (paths.length === 0) return []
    const { threads = availableParallelism(), below = Number.POSITIVE_INFINITY, background = false } = options
    const job = new addon.HashJob(joined(paths), threads, below, background)
    const records = await watched(job, options)
    const size = addon.recordSize()
    return paths.map((_, i) => new NativeResult(records, i * size))
  },
})

/** No path has a NUL byte: one that has can only be missing, and must not move the results of those behind it. */
const joined = (paths: readonly BytePath[]): Buffer =>
  Buffer.from(`${paths.map((path) => (path.includes('\0') ? '' : path)).join('\0')}\0`, 'latin1')

async function watched(job: NativeJob, { signal, onProgress }: FileHashOptions): Promise<Buffer> {
  const cancel = (): void => job.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted) cancel()
  let told = 0
  const tell = (): void => {
    const { bytes } = job
    if (bytes > told) onProgress?.(bytes - told)
    told = bytes
  }
  const timer = onProgress ? setInterval(tell, progressEveryMs) : null
  try {
    const records = await job.run()
    tell()
    return records
  } finally {
    if (timer) clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

class NativeResult implements FileHash {
  readonly #records: Buffer
  readonly #at: number

  constructor(records: Buffer, at: number) {
    this.#records = records
    this.#at = at
  }

  get digest(): Uint8Array | null {
    return this.#code === 0 ? this.#records.subarray(this.#at, this.#at + offsets.error) : null
  }

  get error(): string | null {
    const code = this.#code
    return code === 0 ? null : (ownErrors[code] ?? getSystemErrorName(-code))
  }

  get before(): FileStamp | null {
    return this.#stamp(offsets.before)
  }

  get after(): FileStamp | null {
    return this.#stamp(offsets.after)
  }

  get #code(): number {
    return this.#records.readInt32LE(this.#at + offsets.error)
  }

  #stamp(offset: number): FileStamp | null {
    const at = this.#at + offset
    const word = (i: number): bigint => this.#records.readBigUInt64LE(at + i * 8)
    const [dev, ino] = [word(0), word(1)]
    // A file that was not opened has no stamp. Inode 0 alone does not say so: some file systems number so.
    if (dev === 0n && ino === 0n) return null
    // Times before 1970 are negative.
    const [mtimeNs, ctimeNs] = [BigInt.asIntN(64, word(3)), BigInt.asIntN(64, word(4))]
    return { dev, ino, size: word(2), mtimeNs, ctimeNs }
  }
}
