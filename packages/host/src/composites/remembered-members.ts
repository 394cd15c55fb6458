/** What was known of a composite's members at its last forming: a file for each in the user's cache. A cache that fails is an empty cache. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, RememberedMembers } from '@roar/core'
import { mappedInodes } from '../hashing/mapped-files.ts'

/** Fewer members are hashed as quickly as they are looked up. */
const worthRemembering = 256
/** Files that are kept; the oldest go first. */
const mostFiles = 64
/** As for single files: see hashing/cached-digests.ts. Nanoseconds. */
const clockGrain = 2_000_000_000n
const writtenBack = 40_000_000_000n

const magic = 0x726f6163
const form = 1
/** Magic, form, count, bytes of the paths. */
const headBytes = 16
const words = 5
const digestBytes = 32

export function rememberMembers(directory: string, name: BytePath, members: RememberedMembers, begun: number): void {
  if (members.paths.length < worthRemembering) return
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const target = fileOf(directory, name)
    writeFileSync(`${target}.${process.pid}`, encode(members, begun), { mode: 0o600 })
    renameSync(`${target}.${process.pid}`, target)
    prune(directory)
  } catch {
    // A full disk, a read-only home: the members are hashed again.
  }
}

export function recallMembers(directory: string, name: BytePath): RememberedMembers | null {
  try {
    return withoutMapped(decode(readFileSync(fileOf(directory, name))))
  } catch {
    return null
  }
}

/** They are kept elsewhere. */
export function forgetMembers(directory: string, name: BytePath): void {
  rmSync(fileOf(directory, name), { force: true })
}

const fileOf = (directory: string, name: BytePath): string =>
  join(directory, createHash('sha256').update(name, 'latin1').digest('hex').slice(0, 32))

export function prune(directory: string): void {
  const names = readdirSync(directory)
  if (names.length <= mostFiles) return
  const aged = names.map((name) => ({ name, at: statSync(join(directory, name)).mtimeMs }))
  aged.sort((a, b) => a.at - b.at)
  for (const { name } of aged.slice(0, names.length - mostFiles)) rmSync(join(directory, name), { force: true })
}

function encode({ paths, stamps, known, digests }: RememberedMembers, begun: number): Buffer {
  const names = Buffer.from(paths.join('\0'), 'latin1')
  const count = paths.length
  const result = Buffer.alloc(headBytes + count * (words * 8 + 1 + digestBytes) + names.length)
  ;[magic, form, count, names.length].forEach((value, i) => {
    result.writeUInt32LE(value, i * 4)
  })
  let at = headBytes
  for (const part of [bytesOf(stamps), settledOnly(known, stamps, begun), bytesOf(digests), names]) {
    result.set(part, at)
    at += part.length
  }
  return result
}

const bytesOf = (array: BigInt64Array | Uint8Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/** What changed just before it was read may change once more without its times moving. */
function settledOnly(known: Uint8Array, stamps: BigInt64Array, begun: number): Uint8Array {
  const limit = BigInt(begun) * 1_000_000n - clockGrain
  return known.map((is, i) => (is === 1 && newest(stamps, i) < limit ? 1 : 0))
}

function newest(stamps: BigInt64Array, place: number): bigint {
  const [mtime, ctime] = [stamps[place * words + 3] as bigint, stamps[place * words + 4] as bigint]
  if (mtime > ctime) return mtime
  return ctime
}

function decode(bytes: Buffer): RememberedMembers | null {
  const [found, version, count, length] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ]
  const [knownAt, digestsAt] = [headBytes + count * words * 8, headBytes + count * (words * 8 + 1)]
  const namesAt = digestsAt + count * digestBytes
  if (found !== magic || version !== form || bytes.length !== namesAt + length) return null
  const start = bytes.byteOffset + headBytes
  return {
    paths: bytes.toString('latin1', namesAt).split('\0') as BytePath[],
    stamps: new BigInt64Array(bytes.buffer.slice(start, start + count * words * 8)),
    known: bytes.subarray(knownAt, digestsAt),
    digests: bytes.subarray(digestsAt, namesAt),
  }
}

/** A store through a mapping moves no time until the page is written back. */
function withoutMapped(members: RememberedMembers | null): RememberedMembers | null {
  if (members === null) return null
  const limit = BigInt(Date.now()) * 1_000_000n - writtenBack
  const young: number[] = []
  for (let i = 0; i < members.paths.length; i++) if (newest(members.stamps, i) > limit) young.push(i)
  const mapped = young.length === 0 ? new Set<bigint>() : mappedInodes()
  for (const i of young) if (mapped.has(members.stamps[i * words + 1] as bigint)) members.known[i] = 0
  return members
}
