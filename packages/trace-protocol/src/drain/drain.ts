/** Carries facts from the log to the sink, and keeps what must be known at the end. */
import type { TraceEvent } from '../events.ts'
import { readHeader } from '../log-header.ts'
import { LogReader } from '../log-reader.ts'
import { monotonic } from '../monotonic.ts'
import { CoreDumps } from './core-dumps.ts'
import { GapLedger } from './gap-ledger.ts'
import type { Holds } from './holds.ts'
import { OpenFiles } from './open-files.ts'
import { ProcessWatch } from './process-watch.ts'
import { Reorder } from './reorder.ts'

/** Facts handed over at once. */
const batchSize = 4096

export type TakesEvents = (batch: readonly TraceEvent[]) => void

export class Drain {
  readonly #fd: number
  readonly #reader: LogReader
  readonly #events: TakesEvents
  readonly #holds: Holds | null
  readonly #order = new Reorder()
  readonly #open = new OpenFiles()
  readonly #dumps = new CoreDumps()
  readonly processes: ProcessWatch
  readonly gaps = new GapLedger()
  #sequence = 0

  constructor(fd: number, events: TakesEvents, holds: Holds | null, isOurs: (pid: number) => boolean) {
    this.#fd = fd
    this.#reader = new LogReader(fd)
    this.#events = events
    this.#holds = holds
    this.processes = new ProcessWatch(isOurs)
  }

  /** What was committed until now. Returns how many facts came. */
  run(): number {
    let count = 0
    for (const batch of batches(this.#reader.read(false))) {
      count += batch.length
      this.#deliver(this.#order.add(batch))
    }
    if (count === 0) this.#deliver(this.#order.add([]))
    return count
  }

  /** Whether a fact that is not whole yet keeps others back: worth another look soon. */
  get waiting(): boolean {
    return this.#reader.waiting || this.#order.waiting
  }

  /** Everything, in order; then what the files themselves tell. The log must not grow any more. */
  finish(): void {
    for (const batch of batches(this.#reader.read(true))) this.#deliver(this.#order.add(batch))
    this.#deliver(this.#order.rest())
    this.#deliver(this.#open.changed(this.#sequence + 1))
    for (const path of this.#dumps.found()) this.gaps.add('core-dump', path)
  }

  /** Records known to be lost: no room, or their writer died in the middle. */
  get lost(): number {
    const header = readHeader(this.#fd)
    return this.#reader.lost + (typeof header === 'string' ? 0 : header.lost)
  }

  #deliver(events: readonly TraceEvent[]): void {
    if (events.length === 0) return
    const read = monotonic()
    for (const event of events) this.#note(event, read)
    this.#events(events)
    // Behind the facts: who holds must know that the job has read those bytes.
    for (const event of events) if (event.type === 'hold') this.#holds?.answer(event)
  }

  #note(event: TraceEvent, read: number): void {
    this.#sequence = event.sequence
    this.processes.note(event, read)
    this.#dumps.note(event)
    if (event.type === 'gap') this.gaps.add(event.code, event.detail, event.count)
    else this.#open.note(event)
  }
}

function* batches(events: Iterable<TraceEvent>): Generator<TraceEvent[]> {
  let batch: TraceEvent[] = []
  for (const event of events) {
    batch.push(event)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
