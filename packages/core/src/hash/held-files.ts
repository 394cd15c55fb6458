/** Hashes what is about to be destroyed, and files that lie quiet, while the traced program runs. */
import type { BytePath } from '../byte-path.ts'
import type { FileStamp, HeldFile } from '../contracts.ts'
import type { HashService } from '../ports.ts'
import type { DigestLedger } from './digest-ledger.ts'

/** How long a program is kept from destroying what the job has read. */
export interface HoldLimits {
  /** Files with more bytes are let go at once. */
  readonly bytes: number
  readonly ms: number
}

/** Five milliseconds at a gigabyte and more a second. */
const QUICKLY_HASHED = 1 << 24

/** Inputs smaller than this are hashed when the job is over: they cost less then than the interruption now. */
const WORTH_HASHING_EARLY = 1 << 20

export class EarlyHashing {
  readonly #hashes: HashService
  readonly #ledger: DigestLedger
  readonly #algorithms: readonly string[]
  readonly #limits: HoldLimits
  readonly #asked = new Set<string>()
  readonly #abort = new AbortController()
  #queue: Promise<void> = Promise.resolve()

  constructor(hashes: HashService, ledger: DigestLedger, algorithms: readonly string[], limits: HoldLimits) {
    this.#hashes = hashes
    this.#ledger = ledger
    this.#algorithms = algorithms
    this.#limits = limits
  }

  /** A program waits for this: at full speed, ahead of everything else. */
  async hold(file: HeldFile): Promise<void> {
    if (file.size > this.#limits.bytes) return this.#ledger.giveUp(file, 'too-large-to-hold')
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), this.#limits.ms)
    // The hash may take a while to notice; the program does not wait for that.
    const given = new Promise<void>((resolve) => patience.signal.addEventListener('abort', () => resolve()))
    await Promise.race([this.#hash(file.path, { signal: patience.signal }), given])
    clearTimeout(timer)
    if (patience.signal.aborted) this.#ledger.giveUp(file, 'held-too-long')
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
