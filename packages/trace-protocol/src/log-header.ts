/** Reads and changes a log's header page through its descriptor: the page cache is the same memory that the traced programs have mapped. */
import { readSync, writeSync } from 'node:fs'
import { headerOffsets as at, buildId } from './generated/codec.ts'
import { firstRecord } from './log-file.ts'
import { layout, MAGIC, PROTOCOL_VERSION } from './schema.ts'

export interface LogState {
  /** End of the reserved space; never beyond the file. */
  readonly tail: number
  readonly capacity: number
  readonly lost: number
  readonly closed: boolean
  readonly wakeAt: number
}

/** Why a file is no log that this build can read; null when it is one. */
export type Refusal = 'not-a-log' | 'other-version' | 'other-build'

const headerBytes = 256

export function readHeader(fd: number): LogState | Refusal {
  const page = Buffer.alloc(headerBytes)
  if (readSync(fd, page, 0, headerBytes, 0) < headerBytes) return 'not-a-log'
  if (page.toString('latin1', at.magic, at.magic + MAGIC.length) !== MAGIC) return 'not-a-log'
  if (page.readUInt32LE(at.version) !== PROTOCOL_VERSION || page.readUInt32LE(at.headerSize) !== layout.header)
    return 'other-version'
  if (page.readBigUInt64LE(at.buildId) !== buildId) return 'other-build'
  const capacity = bounded(page.readBigUInt64LE(at.capacity))
  return {
    capacity,
    tail: Math.min(capacity, Math.max(firstRecord, bounded(page.readBigUInt64LE(at.tail)))),
    lost: bounded(page.readBigUInt64LE(at.lost)),
    closed: page.readUInt32LE(at.closed) !== 0,
    wakeAt: bounded(page.readBigUInt64LE(at.wakeAt)),
  }
}

/** Numbers of a hostile header stay numbers. */
const bounded = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)

const put32 = (fd: number, offset: number, value: number): void => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  writeSync(fd, bytes, 0, 4, offset)
}
const put64 = (fd: number, offset: number, value: bigint): void => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  writeSync(fd, bytes, 0, 8, offset)
}

/** The job is recorded: whoever still runs writes no more. */
export const closeLog = (fd: number): void => put32(fd, at.closed, 1)
export const beat = (fd: number, count: number): void => put32(fd, at.heartbeat, count)
/** Every hold with a ticket below this goes on. */
export const releaseHolds = (fd: number, below: bigint): void => put64(fd, at.holdsReleased, below)
export const wakeAt = (fd: number, offset: number): void => put64(fd, at.wakeAt, BigInt(offset))
