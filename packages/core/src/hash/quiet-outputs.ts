/**
 * Hashes outputs that have been quiet for a while, while the program still runs. Their digests are believed by the rules of the digest cache and no
 * others: a file that changes afterwards has another stamp, and is hashed again when the job is over.
 */
import type { BytePath } from '../byte-path.ts'
import type { JobFold } from '../observe/fold.ts'
import type { Clock, FilePort } from '../ports.ts'
import type { EarlyHashing } from './held-files.ts'

/** Milliseconds since the last change. From then on a further one moves the time of the file (docs/decisions/0002). */
const quietFor = 2000
/** Bytes. Smaller files cost less when the job is over than a look at them now. */
const worthHashing = 1 << 20
/** Milliseconds between looks, and files looked at: a job of a hundred thousand outputs is not slowed down by asking after them. */
const every = 500
const atOnce = 500

export class QuietOutputs {
  readonly #fold: JobFold
  readonly #files: FilePort
  readonly #clock: Clock
  readonly #early: EarlyHashing
  #timer: NodeJS.Timeout | null = null
  #stopped = false

  constructor(fold: JobFold, files: FilePort, clock: Clock, early: EarlyHashing) {
    this.#fold = fold
    this.#files = files
    this.#clock = clock
    this.#early = early
  }

  /** `isKept`: would this output stay in the record? */
  start(isKept: (path: BytePath, size: number) => boolean): void {
    if (this.#stopped) return
    const look = (): void => this.#fold.showWritten(atOnce, (path) => this.#isSettled(path, isKept))
    this.#timer = setInterval(look, every)
    this.#timer.unref()
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer) clearInterval(this.#timer)
  }

  /** True when there is nothing to wait for. */
  #isSettled(path: BytePath, isKept: (path: BytePath, size: number) => boolean): boolean {
    const state = this.#files.state(path)
    if (state === null) return true
    const changed = [state.mtimeNs, state.ctimeNs].map((time) => Number(time / 1_000_000n))
    const age = this.#clock.now() - Math.max(...changed)
    if (age < quietFor) return false
    if (state.size >= worthHashing && isKept(path, Number(state.size))) this.#early.offerQuiet(path)
    return true
  }
}
