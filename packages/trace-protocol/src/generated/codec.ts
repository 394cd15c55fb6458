// Made by scripts/generate.mjs from src/schema.ts. Do not edit.
/** Node's own, exact and fast, but missing from its types. */
type Bytes = Buffer & { latin1Slice(start: number, end: number): string }
interface Base { readonly sequence: number; readonly pid: number; readonly tid: number; readonly flags: number }

export const buildId = 0x86b2f2ac4689426en
/** Offset of each field of the header page. */
export const headerOffsets = { magic: 0, version: 8, headerSize: 12, buildId: 16, capacity: 24, recorderPid: 32, flags: 36, tail: 40, sequence: 48, lost: 56, closed: 64, heartbeat: 68, holdsReleased: 72, holdTicket: 80, wakeAt: 88, moves: 96, turns: 104 } as const
/** Offset of each field of a record's header. */
export const recordOffsets = { size: 0, type: 4, check: 6, sequence: 8, pid: 16, tid: 20, flags: 24, reserved: 28 } as const
export const recordNumbers = { exec: 1, fork: 2, exit: 3, file: 4, settled: 5, rename: 6, link: 7, symlink: 8, unlink: 9, mkdir: 10, name: 11, gap: 12, hold: 13, unseen: 14 } as const
/** Size of each record's fixed part, by number. */
export const fixedSizes: readonly number[] = [0, 96, 40, 40, 88, 88, 112, 88, 40, 88, 40, 56, 48, 88, 48]

function exec(b: Bytes, at: number, size: number, base: Base) {
  if (size < 96) return null
  const n0 = b.readUInt32LE(at + 80)
  const n1 = b.readUInt32LE(at + 84)
  const n2 = b.readUInt32LE(at + 88)
  const n3 = b.readUInt32LE(at + 92)
  if (96 + n0 + n1 + n2 + n3 > size) return null
  return { type: 'exec', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, parent: b.readUInt32LE(at + 32), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), executable: b.latin1Slice(at + 96, at + 96 + n0), interpreter: b.latin1Slice(at + 96 + n0, at + 96 + n0 + n1), cwd: b.latin1Slice(at + 96 + n0 + n1, at + 96 + n0 + n1 + n2), argv: b.latin1Slice(at + 96 + n0 + n1 + n2, at + 96 + n0 + n1 + n2 + n3) } as const
}

function fork(b: Bytes, at: number, size: number, base: Base) {
  if (size < 40) return null
  return { type: 'fork', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, parent: b.readUInt32LE(at + 32) } as const
}

function exit(b: Bytes, at: number, size: number, base: Base) {
  if (size < 40) return null
  return { type: 'exit', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, status: b.readInt32LE(at + 32) } as const
}

function file(b: Bytes, at: number, size: number, base: Base) {
  if (size < 88) return null
  const n0 = b.readUInt32LE(at + 80)
  if (88 + n0 > size) return null
  return { type: 'file', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, access: b.readUInt32LE(at + 32), mode: b.readUInt32LE(at + 36), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), path: b.latin1Slice(at + 88, at + 88 + n0) } as const
}

function settled(b: Bytes, at: number, size: number, base: Base) {
  if (size < 88) return null
  const n0 = b.readUInt32LE(at + 80)
  if (88 + n0 > size) return null
  return { type: 'settled', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, access: b.readUInt32LE(at + 32), mode: b.readUInt32LE(at + 36), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), path: b.latin1Slice(at + 88, at + 88 + n0) } as const
}

function rename(b: Bytes, at: number, size: number, base: Base) {
  if (size < 112) return null
  const n0 = b.readUInt32LE(at + 100)
  const n1 = b.readUInt32LE(at + 104)
  if (112 + n0 + n1 > size) return null
  return { type: 'rename', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, kind: b.readUInt32LE(at + 32), mode: b.readUInt32LE(at + 36), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), replacedDev: b.readBigUInt64LE(at + 80), replacedIno: b.readBigUInt64LE(at + 88), replacedMode: b.readUInt32LE(at + 96), from: b.latin1Slice(at + 112, at + 112 + n0), to: b.latin1Slice(at + 112 + n0, at + 112 + n0 + n1) } as const
}

function link(b: Bytes, at: number, size: number, base: Base) {
  if (size < 88) return null
  const n0 = b.readUInt32LE(at + 80)
  const n1 = b.readUInt32LE(at + 84)
  if (88 + n0 + n1 > size) return null
  return { type: 'link', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, mode: b.readUInt32LE(at + 32), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), from: b.latin1Slice(at + 88, at + 88 + n0), to: b.latin1Slice(at + 88 + n0, at + 88 + n0 + n1) } as const
}

function symlink(b: Bytes, at: number, size: number, base: Base) {
  if (size < 40) return null
  const n0 = b.readUInt32LE(at + 32)
  const n1 = b.readUInt32LE(at + 36)
  if (40 + n0 + n1 > size) return null
  return { type: 'symlink', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, target: b.latin1Slice(at + 40, at + 40 + n0), path: b.latin1Slice(at + 40 + n0, at + 40 + n0 + n1) } as const
}

function unlink(b: Bytes, at: number, size: number, base: Base) {
  if (size < 88) return null
  const n0 = b.readUInt32LE(at + 80)
  if (88 + n0 > size) return null
  return { type: 'unlink', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, mode: b.readUInt32LE(at + 32), links: b.readUInt32LE(at + 36), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), path: b.latin1Slice(at + 88, at + 88 + n0) } as const
}

function mkdir(b: Bytes, at: number, size: number, base: Base) {
  if (size < 40) return null
  const n0 = b.readUInt32LE(at + 32)
  if (40 + n0 > size) return null
  return { type: 'mkdir', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, path: b.latin1Slice(at + 40, at + 40 + n0) } as const
}

function name(b: Bytes, at: number, size: number, base: Base) {
  if (size < 56) return null
  const n0 = b.readUInt32LE(at + 48)
  const n1 = b.readUInt32LE(at + 52)
  if (56 + n0 + n1 > size) return null
  return { type: 'name', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, dev: b.readBigUInt64LE(at + 32), ino: b.readBigUInt64LE(at + 40), path: b.latin1Slice(at + 56, at + 56 + n0), target: b.latin1Slice(at + 56 + n0, at + 56 + n0 + n1) } as const
}

function gap(b: Bytes, at: number, size: number, base: Base) {
  if (size < 48) return null
  const n0 = b.readUInt32LE(at + 36)
  const n1 = b.readUInt32LE(at + 40)
  if (48 + n0 + n1 > size) return null
  return { type: 'gap', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, count: b.readUInt32LE(at + 32), code: b.latin1Slice(at + 48, at + 48 + n0), detail: b.latin1Slice(at + 48 + n0, at + 48 + n0 + n1) } as const
}

function hold(b: Bytes, at: number, size: number, base: Base) {
  if (size < 88) return null
  const n0 = b.readUInt32LE(at + 80)
  if (88 + n0 > size) return null
  return { type: 'hold', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, ticket: b.readBigUInt64LE(at + 32), dev: b.readBigUInt64LE(at + 40), ino: b.readBigUInt64LE(at + 48), size: b.readBigUInt64LE(at + 56), mtimeNs: b.readBigUInt64LE(at + 64), ctimeNs: b.readBigUInt64LE(at + 72), path: b.latin1Slice(at + 88, at + 88 + n0) } as const
}

function unseen(b: Bytes, at: number, size: number, base: Base) {
  if (size < 48) return null
  const n0 = b.readUInt32LE(at + 32)
  const n1 = b.readUInt32LE(at + 36)
  const n2 = b.readUInt32LE(at + 40)
  if (48 + n0 + n1 + n2 > size) return null
  return { type: 'unseen', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, code: b.latin1Slice(at + 48, at + 48 + n0), executable: b.latin1Slice(at + 48 + n0, at + 48 + n0 + n1), argv: b.latin1Slice(at + 48 + n0 + n1, at + 48 + n0 + n1 + n2) } as const
}

/** By record number; null for a record whose strings do not fit in it. */
export const decoders = [null, exec, fork, exit, file, settled, rename, link, symlink, unlink, mkdir, name, gap, hold, unseen] as const

/** The record's bytes with an empty record header, padded to 8. */
export const encoders = {
  exec(e: { parent: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; executable: string; interpreter: string; cwd: string; argv: string }): Buffer {
    const b = Buffer.alloc((96 + e.executable.length + e.interpreter.length + e.cwd.length + e.argv.length + 7) & ~7)
    b.writeUInt32LE(e.parent, 32)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 96
    b.writeUInt32LE(e.executable.length, 80)
    end += b.write(e.executable, end, 'latin1')
    b.writeUInt32LE(e.interpreter.length, 84)
    end += b.write(e.interpreter, end, 'latin1')
    b.writeUInt32LE(e.cwd.length, 88)
    end += b.write(e.cwd, end, 'latin1')
    b.writeUInt32LE(e.argv.length, 92)
    end += b.write(e.argv, end, 'latin1')
    return b
  },
  fork(e: { parent: number }): Buffer {
    const b = Buffer.alloc((40 + 7) & ~7)
    b.writeUInt32LE(e.parent, 32)
    return b
  },
  exit(e: { status: number }): Buffer {
    const b = Buffer.alloc((40 + 7) & ~7)
    b.writeInt32LE(e.status, 32)
    return b
  },
  file(e: { access: number; mode: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; path: string }): Buffer {
    const b = Buffer.alloc((88 + e.path.length + 7) & ~7)
    b.writeUInt32LE(e.access, 32)
    b.writeUInt32LE(e.mode, 36)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 88
    b.writeUInt32LE(e.path.length, 80)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  settled(e: { access: number; mode: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; path: string }): Buffer {
    const b = Buffer.alloc((88 + e.path.length + 7) & ~7)
    b.writeUInt32LE(e.access, 32)
    b.writeUInt32LE(e.mode, 36)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 88
    b.writeUInt32LE(e.path.length, 80)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  rename(e: { kind: number; mode: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; replacedDev: bigint; replacedIno: bigint; replacedMode: number; from: string; to: string }): Buffer {
    const b = Buffer.alloc((112 + e.from.length + e.to.length + 7) & ~7)
    b.writeUInt32LE(e.kind, 32)
    b.writeUInt32LE(e.mode, 36)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    b.writeBigUInt64LE(e.replacedDev, 80)
    b.writeBigUInt64LE(e.replacedIno, 88)
    b.writeUInt32LE(e.replacedMode, 96)
    let end = 112
    b.writeUInt32LE(e.from.length, 100)
    end += b.write(e.from, end, 'latin1')
    b.writeUInt32LE(e.to.length, 104)
    end += b.write(e.to, end, 'latin1')
    return b
  },
  link(e: { mode: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; from: string; to: string }): Buffer {
    const b = Buffer.alloc((88 + e.from.length + e.to.length + 7) & ~7)
    b.writeUInt32LE(e.mode, 32)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 88
    b.writeUInt32LE(e.from.length, 80)
    end += b.write(e.from, end, 'latin1')
    b.writeUInt32LE(e.to.length, 84)
    end += b.write(e.to, end, 'latin1')
    return b
  },
  symlink(e: { target: string; path: string }): Buffer {
    const b = Buffer.alloc((40 + e.target.length + e.path.length + 7) & ~7)
    let end = 40
    b.writeUInt32LE(e.target.length, 32)
    end += b.write(e.target, end, 'latin1')
    b.writeUInt32LE(e.path.length, 36)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  unlink(e: { mode: number; links: number; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; path: string }): Buffer {
    const b = Buffer.alloc((88 + e.path.length + 7) & ~7)
    b.writeUInt32LE(e.mode, 32)
    b.writeUInt32LE(e.links, 36)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 88
    b.writeUInt32LE(e.path.length, 80)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  mkdir(e: { path: string }): Buffer {
    const b = Buffer.alloc((40 + e.path.length + 7) & ~7)
    let end = 40
    b.writeUInt32LE(e.path.length, 32)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  name(e: { dev: bigint; ino: bigint; path: string; target: string }): Buffer {
    const b = Buffer.alloc((56 + e.path.length + e.target.length + 7) & ~7)
    b.writeBigUInt64LE(e.dev, 32)
    b.writeBigUInt64LE(e.ino, 40)
    let end = 56
    b.writeUInt32LE(e.path.length, 48)
    end += b.write(e.path, end, 'latin1')
    b.writeUInt32LE(e.target.length, 52)
    end += b.write(e.target, end, 'latin1')
    return b
  },
  gap(e: { count: number; code: string; detail: string }): Buffer {
    const b = Buffer.alloc((48 + e.code.length + e.detail.length + 7) & ~7)
    b.writeUInt32LE(e.count, 32)
    let end = 48
    b.writeUInt32LE(e.code.length, 36)
    end += b.write(e.code, end, 'latin1')
    b.writeUInt32LE(e.detail.length, 40)
    end += b.write(e.detail, end, 'latin1')
    return b
  },
  hold(e: { ticket: bigint; dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint; path: string }): Buffer {
    const b = Buffer.alloc((88 + e.path.length + 7) & ~7)
    b.writeBigUInt64LE(e.ticket, 32)
    b.writeBigUInt64LE(e.dev, 40)
    b.writeBigUInt64LE(e.ino, 48)
    b.writeBigUInt64LE(e.size, 56)
    b.writeBigUInt64LE(e.mtimeNs, 64)
    b.writeBigUInt64LE(e.ctimeNs, 72)
    let end = 88
    b.writeUInt32LE(e.path.length, 80)
    end += b.write(e.path, end, 'latin1')
    return b
  },
  unseen(e: { code: string; executable: string; argv: string }): Buffer {
    const b = Buffer.alloc((48 + e.code.length + e.executable.length + e.argv.length + 7) & ~7)
    let end = 48
    b.writeUInt32LE(e.code.length, 32)
    end += b.write(e.code, end, 'latin1')
    b.writeUInt32LE(e.executable.length, 36)
    end += b.write(e.executable, end, 'latin1')
    b.writeUInt32LE(e.argv.length, 40)
    end += b.write(e.argv, end, 'latin1')
    return b
  },
} as const

/** The same as roar_check in C. `offset` and `sequence` below 2^53. */
export function checkOf(offset: number, size: number, type: number, sequence: number): number {
  const high = (n: number): number => Math.floor(n / 0x100000000)
  let mix = Math.imul(Math.floor(offset / 8) | 0, 0x9e3779b1)
  mix = Math.imul(mix ^ Math.floor(offset / 0x800000000) ^ size, 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 15) ^ type ^ (sequence | 0), 0xc2b2ae35)
  mix = Math.imul(mix ^ (mix >>> 13) ^ high(sequence), 0x27d4eb2f)
  mix ^= mix >>> 16
  return mix & 0xffff || 1
}
