/** Whole files through the addon. Results come as one buffer and are decoded when they are asked for. */
import { availableParallelism } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { BytePath, FileHash, FileHasher, FileHashOptions, FileStamp } from '@roar/core'
import type { Addon, NativeJob } from './addon.ts'
import { decodeRevisit, decodeScan } from './tree-scan.ts'

const progressEveryMs = 100
/** As in native/src/record.rs. */
const offsets = { error: 0, before: 8, after: 48, digests: 88 }
const ownErrors: Readonly<Record<number, string>> = {
  [-1]: 'NOT_REGULAR',
  [-2]: 'ABORTED',
  [-3]: 'UNSTABLE',
  [-4]: 'LARGE',
}

export const addonFiles = (addon: Addon, algorithms: readonly string[]): FileHasher => ({
  async hashFiles(paths, options = {}) {
    if (paths.length === 0) return []
    const { threads = availableParallelism(), below = Number.POSITIVE_INFINITY, background = false } = options
    const job = new addon.HashJob(joined(paths), algorithms.join(), threads, below, background)
    const records = await watched(job, options)
    const size = job.recordSize
    return paths.map((_, i) => new NativeResult(records, i * size, (i + 1) * size))
  },
  scanTree: async (root) =>
    decodeScan(await addon.scanTree(Buffer.from(`${root}\0`, 'latin1'), availableParallelism())),
  flatDigest: ({ paths, chosen, digests }, algorithm) =>
    addon.flatDigest(paths, chosen, digests, algorithm === 'sha256'),
  revisitTree: async (root, { records, paths, directories }) => {
    const [name, threads] = [Buffer.from(`${root}\0`, 'latin1'), availableParallelism()]
    const columns = [records, paths, directories.records, directories.paths].map(asBuffer)
    const [one, two, three, four] = columns as [Buffer, Buffer, Buffer, Buffer]
    return decodeRevisit(await addon.revisitTree(name, one, two, three, four, threads), directories.records.length)
  },
})

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

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
  readonly #end: number
  #before: FileStamp | null = null

  constructor(records: Buffer, at: number, end: number) {
    this.#records = records
    this.#at = at
    this.#end = end
  }

  get digest(): Uint8Array | null {
    return this.#code === 0 ? this.#records.subarray(this.#at + offsets.digests, this.#end) : null
  }

  get error(): string | null {
    const code = this.#code
    return code === 0 ? null : (ownErrors[code] ?? getSystemErrorName(-code))
  }

  get before(): FileStamp | null {
    this.#before ??= this.#stamp(offsets.before)
    return this.#before
  }

  /** The very object of `before` where nothing changed: most of a hundred thousand files need no second one. */
  get after(): FileStamp | null {
    return this.unchanged ? this.before : this.#stamp(offsets.after)
  }

  get unchanged(): boolean {
    const [before, after] = [this.#at + offsets.before, this.#at + offsets.after]
    return this.#records.compare(this.#records, before, after, after, this.#at + offsets.digests) === 0
  }

  get size(): number {
    const at = this.#at + offsets.after + 16
    return this.#records.readUInt32LE(at) + this.#records.readUInt32LE(at + 4) * 2 ** 32
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
