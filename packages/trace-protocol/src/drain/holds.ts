/** Answers programs that wait to destroy bytes which the job has read. */
import type { HoldEvent } from '../events.ts'
import { beat, releaseHolds } from '../log-header.ts'

/** A writer gives up when the recorder's heart stands still for a second. */
const beatEveryMs = 200

/** Resolves when the bytes of the file are kept, or need not be. */
export type Hold = (file: HeldBytes) => Promise<void>
export type HeldBytes = { readonly path: string } & Readonly<Record<'dev' | 'ino' | 'size', bigint>>

export class Holds {
  readonly #fd: number
  readonly #hold: Hold | undefined
  readonly #open = new Set<bigint>()
  #highest = 0n
  #heartbeat = 0
  #timer: NodeJS.Timeout | null = null
  #over = false

  constructor(fd: number, hold: Hold | undefined) {
    this.#fd = fd
    this.#hold = hold
  }

  answer(event: HoldEvent): void {
    this.#open.add(event.ticket)
    if (event.ticket > this.#highest) this.#highest = event.ticket
    this.#timer ??= setInterval(() => beat(this.#fd, ++this.#heartbeat), beatEveryMs)
    const { path, dev, ino, size } = event
    const kept = this.#hold?.({ path, dev: BigInt(dev), ino: BigInt(ino), size: BigInt(size) }) ?? Promise.resolve()
    kept.catch(() => undefined).then(() => this.#release(event.ticket))
  }

  /** The run is over, and its log about to be closed: the number of the descriptor may be another file's by the time that an answer comes. */
  stop(): void {
    this.#over = true
    this.#rest()
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Tickets are released in order; one whose writer died before it asked holds nobody. */
  #release(ticket: bigint): void {
    this.#open.delete(ticket)
    if (this.#over) return
    if (this.#open.size === 0) this.#rest()
    let below = this.#highest + 1n
    for (const other of this.#open) if (other < below) below = other
    releaseHolds(this.#fd, below)
  }
}
