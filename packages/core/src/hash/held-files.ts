/** Hashes what is about to be destroyed, and files that lie quiet, while the traced program runs. */
import type { BytePath } from '../byte-path.ts'
import type { FileStamp, HeldFile } from '../contracts.ts'
import type { FilePort, HashService, SharedBytes } from '../ports.ts'
import type { DigestLedger } from './digest-ledger.ts'

/** How long a program is kept from destroying what the job has read. */
export interface HoldLimits {
  /** Files with more bytes are let go at once. */
  readonly bytes: number
  readonly ms: number
}

/** Five milliseconds at a gigabyte and more a second. */
const QUICKLY_HASHED = 1 << 24

/** What is not hashed within this is kept by sharing its bytes, where the file system can. */
const GLANCE_MS = 50

/** Inputs smaller than this are hashed when the job is over: they cost less then than the interruption now. */
const WORTH_HASHING_EARLY = 1 << 20

export class EarlyHashing {
  readonly #hashes: HashService
  readonly #ledger: DigestLedger
  readonly #algorithms: readonly string[]
  readonly #limits: HoldLimits
  readonly #share: FilePort['shareBytes']
  readonly #kept = new Set<Promise<void>>()
  readonly #asked = new Set<string>()
  readonly #abort = new AbortController()
  #queue: Promise<void> = Promise.resolve()

  constructor(
    hashes: HashService,
    ledger: DigestLedger,
    algorithms: readonly string[],
    limits: HoldLimits,
    share?: FilePort['shareBytes'],
  ) {
    this.#hashes = hashes
    this.#ledger = ledger
    this.#algorithms = algorithms
    this.#limits = limits
    this.#share = share
  }

  /** A program waits for this: at full speed, ahead of everything else. */
  async hold(file: HeldFile): Promise<void> {
    if (this.#limits.bytes === 0) return this.#ledger.giveUp(file, 'too-large-to-hold')
    if (file.size > this.#limits.bytes)
      return (await this.#keep(file)) ? undefined : this.#ledger.giveUp(file, 'too-large-to-hold')
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), this.#limits.ms)
    // The hash may take a while to notice; the program does not wait for that.
    const given = new Promise<void>((resolve) => patience.signal.addEventListener('abort', () => resolve()))
    const hashed = this.#hash(file.path, { signal: patience.signal })
    if (await this.#isKeptSooner(file, hashed)) {
      clearTimeout(timer)
      patience.abort()
      return
    }
    await Promise.race([hashed, given])
    clearTimeout(timer)
    if (patience.signal.aborted) this.#ledger.giveUp(file, 'held-too-long')
  }

  /** A digest that the cache knows is there at once; what takes longer is shared meanwhile. */
  async #isKeptSooner(file: HeldFile, hashed: Promise<void>): Promise<boolean> {
    if (!this.#share || file.size <= QUICKLY_HASHED) return false
    let timer: NodeJS.Timeout | undefined
    const glance = new Promise<'slow'>((resolve) => {
      timer = setTimeout(() => resolve('slow'), Math.min(GLANCE_MS, this.#limits.ms / 2))
    })
    const first = await Promise.race([hashed, glance])
    clearTimeout(timer)
    return first === 'slow' && (await this.#keep(file))
  }

  /** Its bytes are hashed behind the program's back, at the latest when the job is over. */
  async #keep(file: HeldFile): Promise<boolean> {
    const shared = (await this.#share?.(file)) ?? null
    if (!shared) return false
    const work = this.#hashShared(shared).finally(() => this.#kept.delete(work))
    this.#kept.add(work)
    return true
  }

  async #hashShared({ path, stamp, free }: SharedBytes): Promise<void> {
    try {
      if (this.#ledger.of(stamp)) return
      const [hashed] = await this.#hashes.hash([path], { algorithms: this.#algorithms, background: true })
      if (hashed?.digests) this.#ledger.note({ ...hashed, stamp })
    } catch {
      // Best effort, as below: the edge then says that its bytes were overwritten.
    } finally {
      free()
    }
  }

  /** Of a tracer that sees reads only afterwards, for a file opened to be changed in place: only where it is hashed in no time. */
  async holdInCase(file: HeldFile): Promise<void> {
    if (file.size <= QUICKLY_HASHED) await this.hold(file)
  }

  /** Queues inputs that nobody in the job writes; one at a time, out of the program's way. */
  offer(inputs: Iterable<{ readonly path: BytePath; readonly stamp: FileStamp }>): void {
    for (const { path, stamp } of inputs) {
      if (stamp.size < WORTH_HASHING_EARLY || this.#asked.has(path)) continue
      this.#asked.add(path)
      this.#queue = this.#queue.then(() => this.#hash(path, { background: true, signal: this.#abort.signal }))
    }
  }

  /** An output that may still change: the digest is for the cache, which knows when it counts. */
  offerQuiet(path: BytePath): void {
    this.#queue = this.#queue.then(() => this.#hash(path, { background: true, signal: this.#abort.signal }, false))
  }

  /** What is not done by now is done after the job, on all cores. */
  async settle(): Promise<void> {
    this.#abort.abort()
    await this.#queue
    await Promise.all(this.#kept)
  }

  async #hash(
    path: BytePath,
    options: { readonly background?: boolean; readonly signal?: AbortSignal },
    noted = true,
  ): Promise<void> {
    if (options.signal?.aborted) return
    try {
      const [hashed] = await this.#hashes.hash([path], { algorithms: this.#algorithms, ...options })
      if (hashed && noted) this.#ledger.note(hashed)
    } catch {
      // Best effort: whatever could not be hashed early is hashed, or explained, when the job is over.
    }
  }
}
