/** Answers programs that wait to destroy bytes which the job has read. */
import type { BytePath, TraceSink } from '@roar/core'
import { beat, type HoldEvent, releaseHolds } from '@roar/trace-protocol'

/** A writer gives up when the recorder's heart stands still for a second. */
const beatEveryMs = 200

export class Holds {
  readonly #fd: number
  readonly #hold: TraceSink['hold']
  readonly #open = new Set<bigint>()
  #highest = 0n
  #heartbeat = 0
  #timer: NodeJS.Timeout | null = null

  constructor(fd: number, hold: TraceSink['hold']) {
    this.#fd = fd
    this.#hold = hold
  }

  answer(event: HoldEvent): void {
    this.#open.add(event.ticket)
    if (event.ticket > this.#highest) this.#highest = event.ticket
    this.#timer ??= setInterval(() => beat(this.#fd, ++this.#heartbeat), beatEveryMs)
    const { dev, ino } = event
    const kept = this.#hold?.({ path: event.path as BytePath, dev: BigInt(dev), ino: BigInt(ino) }) ?? Promise.resolve()
    kept.catch(() => undefined).then(() => this.#release(event.ticket))
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Tickets are released in order; one whose writer died before it asked holds nobody. */
  #release(ticket: bigint): void {
    this.#open.delete(ticket)
    if (this.#open.size === 0) this.stop()
    let below = this.#highest + 1n
    for (const other of this.#open) if (other < below) below = other
    releaseHolds(this.#fd, below)
  }
}
