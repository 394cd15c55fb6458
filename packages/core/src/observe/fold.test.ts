// The fold's rules, stated as facts and what a job makes of them (ids: the conformance cases that run the same on a real kernel).
import { accessBits as bit, renameKinds, type TraceEvent } from '@roar/trace-protocol'
import { describe, expect, it } from 'vitest'
import { foldEvents } from './fold.ts'
import type { ObservedFile } from './observed.ts'

let sequence = 0
const stamp = (ino: number) => ({ dev: 1n, ino: BigInt(ino), size: 5n, mtimeNs: 1n, ctimeNs: 1n })
const base = (pid = 10) => ({ sequence: ++sequence, pid, tid: pid, flags: 0 })
const REG = 0o100644
const DIR = 0o040755
const file = (path: string, ino: number, access: number, pid = 10): TraceEvent =>
  ({ type: 'file', ...base(pid), ...stamp(ino), access, mode: REG, path }) as unknown as TraceEvent
const rename = (from: string, to: string, ino: number, more: object = {}): TraceEvent =>
  ({
    type: 'rename',
    ...base(),
    ...stamp(ino),
    kind: renameKinds.plain,
    mode: REG,
    replacedDev: 0n,
    replacedIno: 0n,
    replacedMode: 0,
    from,
    to,
    ...more,
  }) as unknown as TraceEvent
const mkdir = (path: string): TraceEvent => ({ type: 'mkdir', ...base(), path }) as unknown as TraceEvent
const unlink = (path: string, ino: number, links = 0, mode = REG): TraceEvent =>
  ({ type: 'unlink', ...base(), ...stamp(ino), mode, links, path }) as unknown as TraceEvent
const link = (from: string, to: string, ino: number): TraceEvent =>
  ({ type: 'link', ...base(), ...stamp(ino), mode: REG, from, to }) as unknown as TraceEvent

const paths = (files: readonly ObservedFile[]) => files.map((one) => one.path).sort()
function job(...events: TraceEvent[]) {
  const seen = foldEvents(events)
  return {
    in: paths(seen.inputs),
    out: paths(seen.outputs),
    int: [...seen.internal],
    tmp: [...seen.temporary],
    del: [...seen.deleted].sort(),
    seen,
  }
}
const nothing = { in: [], out: [], int: [], tmp: [], del: [] }

describe('reads and writes', () => {
  it('a read of an existing file is an input (io-01)', () => {
    expect(job(file('/a', 1, bit.read))).toMatchObject({ ...nothing, in: ['/a'] })
  })
  it('an open alone is nothing (io-02, io-08)', () => {
    expect(job(file('/a', 1, bit.openedRead), file('/b', 2, bit.openedWrite | bit.existed))).toMatchObject(nothing)
  })
  it('a created file is an output even when nothing was written (io-06)', () => {
    expect(job(file('/n', 1, bit.created))).toMatchObject({ ...nothing, out: ['/n'] })
  })
  it('read, then overwritten: input and output, and the bytes read are known to be gone (io-20)', () => {
    const done = job(file('/a', 1, bit.read), file('/a', 1, bit.written | bit.truncated))
    expect(done).toMatchObject({ ...nothing, in: ['/a'], out: ['/a'] })
    expect(done.seen.inputs[0]?.destroyed).toBe(true)
  })
  it('what the job wrote and reads back is internal, not an input (io-21)', () => {
    expect(job(file('/n', 1, bit.created), file('/n', 1, bit.written), file('/n', 1, bit.read, 11))).toMatchObject({
      ...nothing,
      out: ['/n'],
      int: ['/n'],
    })
  })
  it('a truncated file is an output without being an input (io-07)', () => {
    expect(job(file('/a', 1, bit.truncated))).toMatchObject({ ...nothing, out: ['/a'] })
  })
  it('memory with a descriptor is no input, though its making was not seen', () => {
    const memory = (access: number) => file('/memfd:case', 1, access | bit.unnamed)
    expect(job(memory(bit.read | bit.mapped), memory(bit.written))).toMatchObject(nothing)
  })
})

describe('names', () => {
  it('a rename moves content: the new name is the output, the old one is deleted (name-01)', () => {
    expect(job(rename('/a', '/c', 1))).toMatchObject({ ...nothing, out: ['/c'], del: ['/a'] })
  })
  it('a rename over an existing file deletes only the old name (name-02)', () => {
    expect(job(rename('/a', '/b', 1, { replacedDev: 1n, replacedIno: 2n }))).toMatchObject({
      ...nothing,
      out: ['/b'],
      del: ['/a'],
    })
  })
  it('an exchange deletes nothing and puts out both (name-05)', () => {
    expect(job(rename('/a', '/b', 1, { kind: renameKinds.exchange, replacedDev: 1n, replacedIno: 2n }))).toMatchObject({
      ...nothing,
      out: ['/a', '/b'],
    })
  })
  it('a file that changes places with a symlink is the only output', () => {
    const swap = { kind: renameKinds.exchange, replacedDev: 1n, replacedIno: 2n, replacedMode: 0o120777 }
    expect(job(rename('/a', '/s', 1, swap))).toMatchObject({ ...nothing, out: ['/s'] })
  })
  it('of two directories that change places, the members of each are found under the other', () => {
    const swap = { kind: renameKinds.exchange, mode: DIR, replacedDev: 1n, replacedIno: 2n, replacedMode: DIR }
    const events = [file('/d/x', 3, bit.read), file('/e/y', 4, bit.read), rename('/d', '/e', 1, swap)]
    expect(job(...events)).toMatchObject({ out: ['/d/y', '/e/x'], del: ['/d/x', '/e/y'], tmp: [] })
  })
  it('a removal that is told late does not take the file that got the same inode number', () => {
    const made = file('/new', 1, bit.created | bit.written, 11)
    const read = file('/new', 1, bit.read, 11)
    expect(job(file('/old', 1, bit.created), made, unlink('/old', 1), read)).toMatchObject({
      out: ['/new'],
      in: [],
      int: ['/new'],
    })
  })
  it('a file that is removed below a renamed directory was there under the old name', () => {
    expect(job(rename('/d', '/e', 1, { mode: DIR }), unlink('/e/x', 3))).toMatchObject({ out: [], del: ['/d', '/d/x'] })
  })
  it('a file moved away and back is no output', () => {
    expect(job(rename('/a', '/t', 1), rename('/t', '/a', 1))).toMatchObject({ ...nothing, tmp: ['/t'] })
  })
  it('a directory that is put in the place of another keeps its files when the other is removed', () => {
    const written = (name: string, ino: number) => file(name, ino, bit.created | bit.written)
    const moves = [rename('/d', '/old', 1, { mode: DIR }), rename('/new', '/d', 2, { mode: DIR })]
    const made = [mkdir('/new'), mkdir('/new/c'), written('/new/c/x', 4)]
    const replaced = job(
      ...made,
      ...moves,
      unlink('/old/c/x', 3),
      unlink('/old/c', 5, 0, DIR),
      unlink('/old', 1, 0, DIR),
    )
    expect(replaced).toMatchObject({ ...nothing, out: ['/d/c/x'], tmp: expect.anything() })
    expect(replaced.seen.outputs[0]?.replaced).toBe(true)
    expect(job(...made, ...moves, file('/old/c/x', 3, bit.read))).toMatchObject({
      in: ['/old/c/x'],
      out: ['/d/c/x', '/old/c/x'],
    })
  })
  it('an output says whether something else had its name before the job', () => {
    const written = (name: string, ino: number) => file(name, ino, bit.created | bit.written)
    const over = { replacedDev: 1n, replacedIno: 9n }
    const replaced = (...events: TraceEvent[]) => job(...events).seen.outputs.map((one) => one.replaced ?? false)
    expect(replaced(written('/t', 1), rename('/t', '/a', 1, over))).toEqual([true])
    expect(replaced(unlink('/a', 9), written('/a', 1))).toEqual([true])
    expect(replaced(written('/t', 1), rename('/t', '/a', 1))).toEqual([false])
    expect(replaced(written('/t', 1), rename('/t', '/a', 1), written('/t', 2), rename('/t', '/a', 2, over))).toEqual([
      false,
    ])
  })
  it('an output says what it keeps of what stood before, where that was not read (io-11, name-01)', () => {
    const bases = (...events: TraceEvent[]) => job(...events).seen.outputs.map((one) => one.base ?? null)
    expect(bases(file('/a', 1, bit.written | bit.appended))).toEqual(['/a'])
    expect(bases(file('/a', 1, bit.written))).toEqual(['/a'])
    expect(bases(rename('/a', '/b', 1))).toEqual(['/a'])
    expect(bases(rename('/a', '/b', 1, { replacedDev: 1n, replacedIno: 2n, replacedMode: REG }))).toEqual(['/a'])
    expect(bases(rename('/a', '/t', 1), rename('/t', '/a', 1), file('/a', 1, bit.written))).toEqual(['/a'])
    expect(bases(link('/a', '/b', 1), unlink('/a', 1, 1))).toEqual(['/a'])
    expect(bases(rename('/d', '/e', 9, { mode: DIR }), file('/e/x', 1, bit.written))).toEqual(['/d/x'])
  })

  it('nothing is kept of what was made, read or cut off', () => {
    const bases = (...events: TraceEvent[]) => job(...events).seen.outputs.map((one) => one.base ?? null)
    expect(bases(file('/a', 1, bit.created | bit.written))).toEqual([null])
    expect(bases(file('/a', 1, bit.truncated), file('/a', 1, bit.written))).toEqual([null])
    expect(bases(file('/a', 1, bit.read), file('/a', 1, bit.written))).toEqual([null])
    expect(bases(file('/n', 1, bit.created | bit.written), rename('/n', '/a', 1))).toEqual([null])
  })

  it('written under a temporary name and renamed: the final name is the output (name-08)', () => {
    expect(job(file('/t', 1, bit.created), file('/t', 1, bit.written), rename('/t', '/n', 1))).toMatchObject({
      ...nothing,
      out: ['/n'],
      tmp: ['/t'],
    })
  })
  it('edited in place by sed: the old bytes are an input, the new ones an output (tool-10)', () => {
    const done = job(
      file('/a', 1, bit.read),
      file('/sedX', 2, bit.created),
      file('/sedX', 2, bit.written),
      rename('/sedX', '/a', 2, { replacedDev: 1n, replacedIno: 1n }),
    )
    expect(done).toMatchObject({ ...nothing, in: ['/a'], out: ['/a'], tmp: ['/sedX'] })
    expect(done.seen.inputs[0]).toMatchObject({ destroyed: true, location: null })
  })
  it('a directory moved with an open file moves the file (name-07)', () => {
    expect(
      job(
        file('/d/x', 1, bit.openedWrite | bit.existed),
        rename('/d', '/e', 9, { mode: DIR }),
        file('/e/x', 1, bit.written),
      ),
    ).toMatchObject({ ...nothing, out: ['/e/x'], del: ['/d', '/d/x'] })
  })
  it('a hard link that is written through is one content with two names (name-09)', () => {
    const done = job(link('/a', '/h', 1), file('/h', 1, bit.written))
    expect(done.out).toEqual(['/a'])
    expect(done.seen.outputs[0]?.names).toEqual(['/h'])
  })
  it('a link that is renamed over another name is a further name (tool-37)', () => {
    expect(job(link('/b', '/t', 1), rename('/t', '/h', 1))).toMatchObject({ ...nothing, tmp: ['/t'] })
  })
  it('a link alone is neither input nor output', () => {
    expect(job(link('/a', '/h', 1))).toMatchObject(nothing)
  })
  it('created and removed within the job is temporary (name-20)', () => {
    expect(job(file('/n', 1, bit.created), file('/n', 1, bit.written), unlink('/n', 1))).toMatchObject({
      ...nothing,
      tmp: ['/n'],
    })
  })
  it('removed and made again is an output, and the old one no input (name-22)', () => {
    expect(job(unlink('/a', 1), file('/a', 1, bit.created), file('/a', 1, bit.written))).toMatchObject({
      ...nothing,
      out: ['/a'],
    })
  })
  it('a socket or a fifo that is removed held nothing, whoever made it (name-44)', () => {
    expect(job(unlink('/s', 1, 0, 0o140755), unlink('/p', 2, 0, 0o010644))).toMatchObject(nothing)
  })
  it('a removed file that was there before is deleted (name-15), and an input too if it was read', () => {
    expect(job(file('/a', 1, bit.read), unlink('/a', 1), unlink('/b', 2))).toMatchObject({
      ...nothing,
      in: ['/a'],
      del: ['/a', '/b'],
    })
  })
  it('an inode number that comes again is another content', () => {
    expect(job(file('/t', 1, bit.created), unlink('/t', 1), file('/a', 1, bit.read))).toMatchObject({
      ...nothing,
      in: ['/a'],
      tmp: ['/t'],
    })
  })
  it('an unlinked file that is still open stays the job’s own (libc-13)', () => {
    expect(
      job(
        file('/t', 1, bit.created),
        unlink('/t', 1),
        file('/t', 1, bit.written | bit.unnamed),
        file('/t', 1, bit.read | bit.unnamed),
      ),
    ).toMatchObject({ ...nothing, int: [], tmp: ['/t'] })
  })
  it('a file made without a name becomes an output with its first link (open-09)', () => {
    expect(
      job(
        file('/d/#1', 1, bit.created | bit.unnamed),
        file('/d/#1', 1, bit.written | bit.unnamed),
        link('/d/#1', '/n', 1),
      ),
    ).toMatchObject({ ...nothing, out: ['/n'] })
  })
})

describe('processes', () => {
  it('a pid that comes again after its process ended is another process', () => {
    const exec = (pid: number, argv: string): TraceEvent =>
      ({
        type: 'exec',
        ...base(pid),
        ...stamp(7),
        parent: 0,
        executable: '/bin/x',
        interpreter: '',
        cwd: '/',
        argv,
      }) as unknown as TraceEvent
    const exit = (pid: number): TraceEvent => ({ type: 'exit', ...base(pid), status: 3 }) as unknown as TraceEvent
    const { processes } = foldEvents([exec(5, 'one\0'), exit(5), exec(5, 'two\0x\0')])
    expect(processes.map((one) => [one.argv, one.exitCode])).toEqual([
      [['one'], 3],
      [['two', 'x'], null],
    ])
  })
})
