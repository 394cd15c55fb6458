// What is written comes back; what is torn, truncated or hostile is counted and never stops the reader.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createLog, firstRecord, LogReader, LogWriter, RoarTraceError, type TraceEvent } from './index.ts'

const made: string[] = []
const fds: number[] = []
afterEach(() => {
  for (const fd of fds.splice(0)) closeSync(fd)
  for (const path of made.splice(0)) rmSync(path, { recursive: true })
})
function newLog(capacity = 1 << 24) {
  const directory = mkdtempSync(join(tmpdir(), 'roar-log-'))
  made.push(directory)
  const path = join(directory, 'log')
  const fd = createLog(path, capacity, 1)
  fds.push(fd)
  return { path, fd, writer: new LogWriter(fd) }
}
const stamp = { dev: 2n ** 63n + 5n, ino: 7n, size: 9n, mtimeNs: 1_700_000_000_123_456_789n, ctimeNs: 3n }
const base = { pid: 4_000_000, tid: 4_000_001, flags: 2 }
const path = '/d\xff\xfe\n/\u00e9x'
const all: Omit<TraceEvent, 'sequence'>[] = [
  { type: 'exec', ...base, ...stamp, parent: 1, executable: '/bin/a', interpreter: '', cwd: '/', argv: 'a\0b\0' },
  { type: 'fork', ...base, parent: 3 },
  { type: 'exit', ...base, status: -1 },
  { type: 'file', ...base, ...stamp, access: 3, mode: 0o100644, path },
  { type: 'settled', ...base, ...stamp, access: 258, mode: 0o100644, path: '' },
  {
    type: 'rename',
    ...base,
    ...stamp,
    kind: 1,
    mode: 0,
    replacedDev: 1n,
    replacedIno: 2n,
    replacedMode: 3,
    from: path,
    to: '/to',
  },
  { type: 'link', ...base, ...stamp, mode: 0, from: '/a', to: '/b' },
  { type: 'symlink', ...base, target: '../x', path: '/s' },
  { type: 'unlink', ...base, ...stamp, mode: 0, links: 1, path: '/u' },
  { type: 'mkdir', ...base, path: '/m' },
  { type: 'name', ...base, dev: 1n, ino: 2n, path: '/s', target: '/t' },
  { type: 'gap', ...base, count: 2, code: 'io-uring', detail: 'x' },
  { type: 'hold', ...base, ...stamp, ticket: 5n, path: '/h' },
  { type: 'unseen', ...base, code: 'static-binary', executable: '/bin/s', argv: 's\0' },
] as unknown as Omit<TraceEvent, 'sequence'>[]

describe('a log', () => {
  it('gives back every kind of record, bytes and 64-bit numbers whole, in order', () => {
    const { fd, writer } = newLog()
    for (const event of all) writer.write(event as never)
    const read = [...new LogReader(fd).read(true)]
    expect(read).toEqual(all.map((event, i) => ({ sequence: i + 1, ...event })))
  })
  it('is read as it grows', () => {
    const { fd, writer } = newLog()
    const reader = new LogReader(fd)
    expect([...reader.read(false)]).toEqual([])
    for (let i = 0; i < 3; i++) {
      writer.write(all[i] as never)
      expect([...reader.read(false)].map((event) => event.type)).toEqual([all[i]?.type])
    }
  })
  it('waits at a torn record while it is live, and counts it as lost at the end', () => {
    const { path: file, fd, writer } = newLog()
    const offsets = all.slice(0, 3).map((event) => writer.write(event as never))
    tear(file, offsets[1] as number)
    const reader = new LogReader(fd)
    expect([...reader.read(false)].map((event) => event.type)).toEqual(['exec'])
    expect([...reader.read(true)].map((event) => event.type)).toEqual(['exit'])
    expect(reader.lost).toBe(1)
  })
  it('goes on behind a record that is not whole after a moment, and gives it when it came late', async () => {
    const { path: file, fd, writer } = newLog()
    const offsets = all.slice(0, 3).map((event) => writer.write(event as never))
    const whole = readFileSync(file)
    tear(file, offsets[1] as number)
    const reader = new LogReader(fd)
    expect([...reader.read(false)].map((event) => event.type)).toEqual(['exec'])
    expect(reader.waiting).toBe(true)
    await setTimeout(200)
    expect([...reader.read(false)].map((event) => event.type)).toEqual(['exit'])
    expect([reader.waiting, reader.lost]).toEqual([false, 0])
    writeFileSync(file, whole)
    expect([...reader.read(true)].map((event) => event.type)).toEqual(['fork'])
    expect(reader.lost).toBe(0)
  })
  it('of another build, another version or another kind is refused', () => {
    for (const [offset, refusal] of [
      [16, 'other-build'],
      [8, 'other-version'],
      [0, 'not-a-log'],
    ] as const) {
      const { path: file, fd } = newLog()
      const bytes = readFileSync(file)
      bytes.writeUInt8(bytes.readUInt8(offset) ^ 0xff, offset)
      writeFileSync(file, bytes)
      expect(() => new LogReader(fd)).toThrow(expect.objectContaining({ refusal }))
    }
  })
  it('that ends early is read up to its end', () => {
    const { path: file, fd, writer } = newLog()
    for (const event of all) writer.write(event as never)
    truncateSync(file, firstRecord + 200)
    expect([...new LogReader(fd).read(true)].map((event) => event.type)).toEqual(['exec', 'fork', 'exit'])
    truncateSync(file, 10)
    expect(() => new LogReader(fd)).toThrow(RoarTraceError)
  })
})

describe('a hostile log', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  it(`never crashes or holds the reader (SEED=${seed})`, () => {
    const random = randomFrom(seed)
    for (let round = 0; round < 2000; round++) expect(() => mutateAndRead(random)).not.toThrow()
  })
})

function mutateAndRead(random: () => number): number {
  const { path: file, writer } = newLog(1 << 18)
  for (let i = 0; i < 40; i++) writer.write(all[Math.floor(random() * all.length)] as never)
  const bytes = readFileSync(file).subarray(0, firstRecord + 8192)
  for (let i = 0; i < 1 + random() * 60; i++)
    bytes.writeUInt8(
      Math.floor(random() * 256),
      (random() < 0.2 ? 24 : firstRecord) + Math.floor(random() * (random() < 0.2 ? 72 : 5000)),
    )
  const copy = join(file, '..', 'copy')
  writeFileSync(copy, random() < 0.3 ? bytes.subarray(0, firstRecord + Math.floor(random() * 6000)) : bytes)
  const damaged = openSync(copy, 'r')
  fds.push(damaged)
  let seen = 0
  try {
    const reader = new LogReader(damaged)
    for (const event of reader.read(true)) seen += event.type.length
  } catch (error) {
    if (!(error instanceof RoarTraceError)) throw error
  }
  return seen
}

function tear(file: string, offset: number): void {
  const bytes = readFileSync(file)
  bytes.writeUInt16LE(0, offset + 6)
  writeFileSync(file, bytes)
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x100000000
  }
}
