/** Puts facts back in the order of their numbers: a writer takes its place in the log and its number one after the other. */
import type { TraceEvent } from '@roar/trace-protocol'

/** More than all threads of a machine can have under way. */
const mostWaiting = 20_000

export class Reorder {
  #next = 1
  #waiting = new Map<number, TraceEvent>()

  /** What can be told by now. A number that never comes (its writer was killed) holds the others back until `rest`, or until too many wait. */
  add(events: Iterable<TraceEvent>): TraceEvent[] {
    for (const event of events) this.#waiting.set(event.sequence, event)
    const ready: TraceEvent[] = []
    for (let event = this.#waiting.get(this.#next); event; event = this.#waiting.get(this.#next)) {
      ready.push(event)
      this.#waiting.delete(this.#next++)
    }
    if (this.#waiting.size > mostWaiting) ready.push(...this.rest())
    return ready
  }

  rest(): TraceEvent[] {
    const sorted = [...this.#waiting.values()].sort((a, b) => a.sequence - b.sequence)
    this.#waiting = new Map()
    this.#next = Math.max(this.#next, (sorted.at(-1)?.sequence ?? 0) + 1)
    return sorted
  }
}
