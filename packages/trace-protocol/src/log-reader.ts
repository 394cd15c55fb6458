/** Decodes a log's records as they are committed. Torn, truncated and hostile logs lose records, which are counted; they never stop or crash the reader. */
import { fstatSync, readSync } from 'node:fs'
import type { TraceEvent } from './events.ts'
import { recordOffsets as at, checkOf, decoders } from './generated/codec.ts'
import { firstRecord } from './log-file.ts'
import { type LogState, readHeader } from './log-header.ts'
import { monotonic } from './monotonic.ts'
import { layout } from './schema.ts'
import { RoarTraceError } from './trace-error.ts'

const chunkBytes = 1 << 20
/** Bytes. Many writers can die at once, each with one record under way; and a full file system leaves a hole for each record. */
const widestHole = 1024 * layout.maxRecord
/** A record takes its writer less than a microsecond; one that is not whole after this time may never be. */
const patienceMs = 150

interface Hole {
  readonly start: number
  readonly end: number
}

export class LogReader {
  readonly #fd: number
  #position = firstRecord
  #chunk = Buffer.alloc(0)
  #chunkStart = 0
  /** Of what was reserved: behind it the file is empty, and reading emptiness costs as much. */
  #end = 0
  #lost = 0
  #holes: Hole[] = []
  #waitingSince: number | null = null

  /** Throws a RoarTraceError for a file that is no log of this build. */
  constructor(fd: number) {
    this.#fd = fd
    this.#state()
  }

  /** Records that were reserved but never committed, or did not decode. */
  get lost(): number {
    return this.#lost
  }

  /** Offset up to which everything has been read. */
  get position(): number {
    return this.#position
  }

  /** Whether the last `read` stopped at a record that is still being written. */
  get waiting(): boolean {
    return this.#waitingSince !== null
  }

  /**
   * What was committed since the last call, in the order of reservation. While the log is live it waits a moment at a record that is still
   * being written, then goes on behind it. `final` waits for nothing, gives what came late, and counts what never came as lost.
   */
  *read(final: boolean): Generator<TraceEvent> {
    const { tail } = this.#state()
    const end = Math.min(tail, fstatSync(this.#fd).size)
    this.#end = end
    if (final && end < tail) this.#lost++
    while (this.#position + layout.recordHeader <= end) {
      const size = this.#recordAt(this.#position, end)
      if (size === 0) {
        if (!final && !this.#isPatienceOver()) return
        this.#passHole(end)
      } else yield* this.#take(size)
      this.#waitingSince = null
    }
    if (final) yield* this.#late()
  }

  *#take(size: number): Generator<TraceEvent> {
    const event = this.#decode(this.#position, size)
    this.#position += size
    if (event) yield event
    else this.#lost++
  }

  #isPatienceOver(): boolean {
    this.#waitingSince ??= monotonic()
    return monotonic() - this.#waitingSince >= patienceMs
  }

  #state(): LogState {
    const state = readHeader(this.#fd)
    if (typeof state === 'string') throw new RoarTraceError(state)
    return state
  }

  /** Size of the committed record at an offset; 0 when there is none. */
  #recordAt(offset: number, end: number): number {
    if (!this.#load(offset, layout.recordHeader)) return 0
    const b = this.#chunk
    const i = offset - this.#chunkStart
    const size = b.readUInt32LE(i + at.size)
    if (size < layout.recordHeader || size > layout.maxRecord || size % layout.alignment !== 0 || offset + size > end)
      return 0
    const check = b.readUInt16LE(i + at.check)
    const sequence = sequenceAt(b, i)
    return check !== 0 && check === checkOf(offset, size, b.readUInt16LE(i + at.type), sequence) ? size : 0
  }

  #decode(offset: number, size: number): TraceEvent | null {
    if (!this.#load(offset, size)) return null
    const b = this.#chunk
    const i = offset - this.#chunkStart
    const decode = decoders[b.readUInt16LE(i + at.type)]
    if (!decode) return null
    const base = {
      sequence: sequenceAt(b, i),
      pid: b.readUInt32LE(i + at.pid),
      tid: b.readUInt32LE(i + at.tid),
      flags: b.readUInt32LE(i + at.flags),
    }
    return decode(b as Parameters<typeof decode>[0], i, size, base)
  }

  /** A writer died, or was stopped, between its reservation and its commit: goes to the next record that is whole. */
  #passHole(end: number): void {
    const start = this.#position
    this.#refill(start, layout.recordHeader)
    this.#position = this.#nextRecord(start + layout.alignment, Math.min(end, start + widestHole), end)
    this.#holes.push({ start, end: this.#position })
  }

  /** Wider than all writers at once could leave: the rest is not ours to make sense of. */
  #nextRecord(from: number, limit: number, end: number): number {
    for (let offset = from; offset < limit; offset += layout.alignment) {
      if (!this.#holds(offset, layout.recordHeader) && !this.#refill(offset, layout.recordHeader)) break
      if (this.#isCommitted(offset) && this.#recordAt(offset, end) > 0) return offset
    }
    return end
  }

  /** Records whose writers came back to them behind the reader. */
  *#late(): Generator<TraceEvent> {
    const holes = this.#holes
    const end = this.#position
    this.#holes = []
    for (const hole of holes) {
      this.#position = hole.start
      const size = this.#recordAt(hole.start, hole.end)
      if (size > 0) yield* this.#take(size)
      if (this.#position < hole.end) this.#lost++
    }
    this.#position = end
  }

  /** Makes `length` bytes at `offset` present in the chunk. A chunk is read anew when it was read too early. */
  #load(offset: number, length: number): boolean {
    return (this.#holds(offset, length) && this.#isCommitted(offset)) || this.#refill(offset, length)
  }

  #holds(offset: number, length: number): boolean {
    return offset >= this.#chunkStart && offset + length <= this.#chunkStart + this.#chunk.length
  }

  #refill(offset: number, length: number): boolean {
    const wanted = Buffer.allocUnsafe(Math.max(length, Math.min(chunkBytes, this.#end - offset)))
    const got = readSync(this.#fd, wanted, 0, wanted.length, offset)
    this.#chunk = wanted.subarray(0, got)
    this.#chunkStart = offset
    return got >= length
  }

  /** A zero check in memory may be one in the file by now. */
  #isCommitted(offset: number): boolean {
    return this.#chunk.readUInt16LE(offset - this.#chunkStart + at.check) !== 0
  }
}

const sequenceAt = (b: Buffer, i: number): number =>
  b.readUInt32LE(i + at.sequence) + b.readUInt32LE(i + at.sequence + 4) * 0x100000000
