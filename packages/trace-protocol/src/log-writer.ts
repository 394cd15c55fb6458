/** Writes records into a log from one process: for tracers whose supervisor is a program of its own, and for tests. */
import { readSync, writeSync } from 'node:fs'
import type { TraceEvent } from './events.ts'
import { recordOffsets as at, checkOf, encoders, headerOffsets, recordNumbers } from './generated/codec.ts'

type Written = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'sequence'> : never) : never

export class LogWriter {
  readonly #fd: number

  constructor(fd: number) {
    this.#fd = fd
  }

  /** Returns the record's offset. */
  write(event: Written): number {
    const record = encode(event)
    const offset = this.#take(headerOffsets.tail, BigInt(record.length))
    const sequence = this.#take(headerOffsets.sequence, 1n)
    record.writeUInt32LE(record.length, at.size)
    record.writeUInt16LE(recordNumbers[event.type], at.type)
    record.writeBigUInt64LE(BigInt(sequence), at.sequence)
    record.writeUInt32LE(event.pid, at.pid)
    record.writeUInt32LE(event.tid, at.tid)
    record.writeUInt32LE(event.flags, at.flags)
    record.writeUInt16LE(checkOf(offset, record.length, recordNumbers[event.type], sequence), at.check)
    writeSync(this.#fd, record, 0, record.length, offset)
    return offset
  }

  #take(field: number, amount: bigint): number {
    const bytes = Buffer.alloc(8)
    readSync(this.#fd, bytes, 0, 8, field)
    const value = bytes.readBigUInt64LE()
    bytes.writeBigUInt64LE(value + amount)
    writeSync(this.#fd, bytes, 0, 8, field)
    return Number(value)
  }
}

const encode = (event: Written): Buffer => (encoders[event.type] as (fields: Written) => Buffer)(event)
