/** As much of an ELF file as decides whether a shared object can be put in front of it (System V ABI, chapter 4 and 5). */
import { readSync } from 'node:fs'

export interface ElfFacts {
  readonly bits: 32 | 64
  readonly machine: number
  /** Has a PT_INTERP, or is a loader itself: LD_PRELOAD will be read. */
  readonly dynamic: boolean
  /** DT_NEEDED, in order; the first 64 dynamic entries are read. */
  readonly needed: readonly string[]
  /** Go's compiler says so by a note: such a program calls the kernel itself, whatever it is linked with. */
  readonly go: boolean
}

const ptLoad = 1
const ptDynamic = 2
const ptInterp = 3
const ptNote = 4
const dtNeeded = 1n
const dtStrtab = 5n
const dtSoname = 14n
/** glibc's loader, or musl's, which is its libc; as started by name. */
const loaders = /^(ld-linux|ld64\.so|ld-musl|libc\.musl-)/

interface Part {
  readonly type: number
  readonly offset: bigint
  readonly address: bigint
  readonly size: bigint
}

/** Null when it is no ELF file, or a broken one: the kernel decides about those. */
export function readElf(fd: number): ElfFacts | null {
  const head = bytesAt(fd, 0n, 64)
  if (head.length < 52 || head.readUInt32BE(0) !== 0x7f454c46 || head[5] !== 1) return null
  const bits = head[4] === 2 ? 64 : 32
  const machine = head.readUInt16LE(18)
  if (bits === 32) return { bits, machine, dynamic: false, needed: [], go: false }
  if (head.length < 64) return null
  const parts = readParts(fd, head)
  const dynamic = parts.find((part) => part.type === ptDynamic)
  const { needed, soname } = dynamic ? readNames(fd, parts, dynamic) : { needed: [], soname: '' }
  const go = parts.some(
    (part) => part.type === ptNote && hasGoNote(bytesAt(fd, part.offset, Math.min(Number(part.size), 1024))),
  )
  return { bits, machine, dynamic: parts.some((part) => part.type === ptInterp) || loaders.test(soname), needed, go }
}

/** Lengths of name and content, type, name, content, each padded to four bytes; the note of eight-byte alignment stands in a part of its own. */
function hasGoNote(notes: Buffer): boolean {
  const padded = (length: number) => (length + 3) & ~3
  for (let at = 0; at + 16 <= notes.length; ) {
    const [name, content] = [notes.readUInt32LE(at), notes.readUInt32LE(at + 4)]
    if (name === 4 && notes.toString('latin1', at + 12, at + 16) === 'Go\0\0') return true
    at += 12 + padded(name & 0xffff) + padded(content & 0xffff)
  }
  return false
}

function readParts(fd: number, head: Buffer): Part[] {
  const size = head.readUInt16LE(54)
  const count = Math.min(head.readUInt16LE(56), 64)
  if (size < 56) return []
  const table = bytesAt(fd, head.readBigUInt64LE(32), size * count)
  return Array.from({ length: Math.floor(table.length / size) }, (_, i) => ({
    type: table.readUInt32LE(i * size),
    offset: table.readBigUInt64LE(i * size + 8),
    address: table.readBigUInt64LE(i * size + 16),
    size: table.readBigUInt64LE(i * size + 32),
  }))
}

function readNames(fd: number, parts: readonly Part[], dynamic: Part): { needed: string[]; soname: string } {
  const table = bytesAt(fd, dynamic.offset, 64 * 16)
  const entries = Array.from({ length: Math.floor(table.length / 16) }, (_, i) => ({
    tag: table.readBigInt64LE(i * 16),
    value: table.readBigUInt64LE(i * 16 + 8),
  }))
  const address = entries.find((entry) => entry.tag === dtStrtab)?.value
  const strings = address === undefined ? null : offsetOf(parts, address)
  if (strings === null) return { needed: [], soname: '' }
  const names = (tag: bigint) =>
    entries.filter((entry) => entry.tag === tag).map((entry) => textAt(fd, strings + entry.value))
  return { needed: names(dtNeeded), soname: names(dtSoname)[0] ?? '' }
}

function offsetOf(parts: readonly Part[], address: bigint): bigint | null {
  const part = parts.find((p) => p.type === ptLoad && address >= p.address && address < p.address + p.size)
  return part ? address - part.address + part.offset : null
}

function textAt(fd: number, offset: bigint): string {
  const bytes = bytesAt(fd, offset, 128)
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

function bytesAt(fd: number, offset: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return bytes.subarray(0, 0)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, Number(offset)))
}
