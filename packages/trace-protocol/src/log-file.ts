/** Makes a log: a sparse private file with its header page. */
import { closeSync, constants, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { headerOffsets as at, buildId } from './generated/codec.ts'
import { layout, MAGIC, PROTOCOL_VERSION } from './schema.ts'

/** Offset of the first record. */
export const firstRecord = layout.header + layout.filter

/** Returns an open descriptor (read and write); `capacity` is the file's sparse size in bytes. A log that cannot be made leaves no file. */
export function createLog(path: string, capacity: number, recorderPid: number): number {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    ftruncateSync(fd, capacity)
    writeSync(fd, headerPage(capacity, recorderPid), 0, undefined, 0)
    return fd
  } catch (error) {
    closeSync(fd)
    unlinkSync(path)
    throw error
  }
}

function headerPage(capacity: number, recorderPid: number): Buffer {
  const page = Buffer.alloc(layout.header)
  page.write(MAGIC, at.magic, 'latin1')
  page.writeUInt32LE(PROTOCOL_VERSION, at.version)
  page.writeUInt32LE(layout.header, at.headerSize)
  page.writeBigUInt64LE(buildId, at.buildId)
  page.writeBigUInt64LE(BigInt(capacity), at.capacity)
  page.writeUInt32LE(recorderPid, at.recorderPid)
  page.writeBigUInt64LE(BigInt(firstRecord), at.tail)
  page.writeBigUInt64LE(1n, at.sequence)
  page.writeBigUInt64LE(1n, at.holdTicket)
  page.writeBigUInt64LE(1n, at.holdsReleased)
  page.writeBigUInt64LE(BigInt(firstRecord + 4096), at.wakeAt)
  return page
}
