/** Puts facts back in the order of their numbers: a writer takes its place in the log and its number one after the other. */
import type { TraceEvent } from '../events.ts'
import { monotonic } from '../monotonic.ts'

/** More than all threads of a machine can have under way. */
const mostWaiting = 20_000
/** Between a writer's number and its commit lies less than a microsecond. */
const patienceMs = 150

export class Reorder {
  #next = 1
  #waiting = new Map<number, TraceEvent>()
  #waitingSince: number | null = null

  /** Whether something is held back for a number that has not come. */
  get waiting(): boolean {
    return this.#waiting.size > 0
  }

  /** What can be told by now. A number that does not come (its writer was killed, or is stopped) holds the others back for a moment only. */
  add(events: Iterable<TraceEvent>): TraceEvent[] {
    for (const event of events) this.#waiting.set(event.sequence, event)
    const ready: TraceEvent[] = []
    for (let event = this.#waiting.get(this.#next); event; event = this.#waiting.get(this.#next)) {
      ready.push(event)
      this.#waiting.delete(this.#next++)
    }
    if (ready.length > 0 || !this.waiting) this.#waitingSince = null
    if (this.waiting && this.#isPatienceOver()) ready.push(...this.rest())
    return ready
  }

  #isPatienceOver(): boolean {
    this.#waitingSince ??= monotonic()
    return this.#waiting.size > mostWaiting || monotonic() - this.#waitingSince >= patienceMs
  }

  rest(): TraceEvent[] {
    const sorted = [...this.#waiting.values()].sort((a, b) => a.sequence - b.sequence)
    this.#waiting = new Map()
    this.#waitingSince = null
    this.#next = Math.max(this.#next, (sorted.at(-1)?.sequence ?? 0) + 1)
    return sorted
  }
}
