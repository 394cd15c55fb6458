/** A composite as it was at its last forming: a file in the user's cache, and beside it what has changed since. A cache that fails is an empty cache. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BytePath,
  type FormerComposite,
  formerFlags,
  type Look,
  type RememberedMembers,
  scanEntryBytes,
  stampWords,
} from '@roar/core'
import { mappedInodes } from '../hashing/mapped-files.ts'
import { readColumns, writeColumns } from './columns.ts'
import { type Seen, stillSo, witnessed } from './looked-at.ts'
import { forgetMembers, prune } from './remembered-members.ts'

/** Fewer members are hashed as quickly as they are looked up. */
const worthKeeping = 256
/** Changes beside the file; with more of them it is written anew. */
const mostChanges = 4096
/** As for single files: see hashing/cached-digests.ts. Nanoseconds. */
const clockGrain = 2_000_000_000n
const writtenBack = 40_000_000_000n
const digestBytes = 32
const [inoAt, mtimeAt] = [8, 24]

interface Head {
  readonly id: string
  readonly key: string
  readonly sha256: boolean
  readonly incomplete: string | null
  readonly elsewhere: readonly string[]
  readonly seen: readonly Seen[]
}

interface Origin {
  readonly id: string
  /** Entries that differ from the file. */
  readonly changes: readonly number[]
}

export class FormerFiles {
  readonly #directory: string
  /** Milliseconds: no member was read before. */
  readonly #begun: number
  readonly #origins = new WeakMap<FormerComposite, Origin>()

  constructor(directory: string, begun: number) {
    this.#directory = directory
    this.#begun = begun
  }

  read(name: BytePath, key: string): FormerComposite | null {
    try {
      const { former, seen } = this.#open(name, key)
      return seen.every(stillSo) ? former : null
    } catch {
      return null
    }
  }

  /** Throws for what is not there, or damaged, or of another key. */
  #open(name: BytePath, wanted?: string): { readonly former: FormerComposite; readonly seen: readonly Seen[] } {
    const { head, columns } = readColumns(readFileSync(this.#file(name)))
    const { id, key, sha256, incomplete, elsewhere, seen } = head as Head
    if (wanted !== undefined && key !== wanted) throw new RangeError('decided by other rules')
    const former: FormerComposite = { key, incomplete, elsewhere, ...composed(columns, sha256) }
    const changes = readChanges(`${this.#file(name)}.since`, id, former)
    forgetMapped(former)
    this.#origins.set(former, { id, changes })
    return { former, seen }
  }

  /** Its members alone, whatever decides on them now. */
  members(name: BytePath): RememberedMembers | null {
    try {
      const { former } = this.#open(name)
      const { scan, flags, digests } = former
      const paths = Buffer.from(scan.paths.buffer, scan.paths.byteOffset, scan.paths.byteLength)
      return {
        paths: paths.toString('latin1').split('\0').slice(0, -1) as BytePath[],
        stamps: stampsIn(scan.records),
        known: flags.map((flag) => (flag & formerFlags.known ? 1 : 0)),
        digests,
      }
    } catch {
      return null
    }
  }

  keep(name: BytePath, former: FormerComposite, changed: readonly number[] | null, looks: Iterable<Look>): void {
    if (former.flags.length < worthKeeping) return
    const origin = this.#origins.get(former)
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
      const changes = changed && origin ? [...new Set([...origin.changes, ...changed])] : null
      if (changes && origin && changes.length <= mostChanges) this.#writeChanges(name, former, origin.id, changes)
      else this.#writeWhole(name, former, looks)
    } catch {
      // A full disk, a read-only home: it is formed from the start.
    }
  }

  #writeWhole(name: BytePath, former: FormerComposite, looks: Iterable<Look>): void {
    const { key, incomplete, elsewhere, sha256, scan } = former
    const seen = witnessed(looks)
    if (seen === null) return
    const head: Head = { id: randomUUID(), key, sha256: sha256 !== null, incomplete, elsewhere, seen }
    const { records, paths, directories } = scan
    const flags = former.flags.map((flag, entry) => this.#settled(flag, records, entry))
    const columns = [records, directories.records, former.digests, sha256 ?? new Uint8Array(), former.pageRoots]
    const ends = new Uint8Array(former.pageEnds.buffer, former.pageEnds.byteOffset, former.pageEnds.byteLength)
    write(this.#file(name), writeColumns(head, [...columns, ends, flags, paths, directories.paths]))
    rmSync(`${this.#file(name)}.since`, { force: true })
    forgetMembers(this.#directory, name)
    prune(this.#directory)
  }

  #writeChanges(name: BytePath, former: FormerComposite, id: string, changes: readonly number[]): void {
    const { records, directories } = former.scan
    const flags = Uint8Array.from(changes, (entry) => this.#settled(former.flags[entry] as number, records, entry))
    const columns = [picked(records, changes, scanEntryBytes), flags, picked(former.digests, changes, digestBytes)]
    const sha256 = former.sha256 ? picked(former.sha256, changes, digestBytes) : new Uint8Array()
    const rest = [sha256, former.pageRoots, directories.records]
    write(`${this.#file(name)}.since`, writeColumns({ id, changes }, [...columns, ...rest]))
  }

  /** What changed just before it was read may change once more without its times moving. */
  #settled(flag: number, records: Uint8Array, entry: number): number {
    return newest(records, entry) < BigInt(this.#begun) * 1_000_000n - clockGrain ? flag : flag & ~formerFlags.known
  }

  #file(name: BytePath): string {
    return join(this.#directory, `${createHash('sha256').update(name, 'latin1').digest('hex').slice(0, 32)}.tree`)
  }
}

function write(file: string, parts: readonly Uint8Array[]): void {
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, '', { mode: 0o600 })
  for (const part of parts) writeFileSync(fresh, part, { flag: 'a' })
  renameSync(fresh, file)
}

function composed(columns: readonly Uint8Array[], hasSha256: boolean) {
  const [records, directoryRecords, digests, sha256, pageRoots, ends, flags, paths, directoryPaths] =
    columns as readonly Uint8Array[] & { length: 9 }
  if (!records || !directoryRecords || !digests || !pageRoots || !ends || !flags || !paths || !directoryPaths)
    throw new RangeError('columns are missing')
  return {
    scan: { records, paths, directories: { records: directoryRecords, paths: directoryPaths } },
    digests,
    sha256: hasSha256 ? (sha256 ?? null) : null,
    pageRoots,
    pageEnds: new Uint32Array(ends.buffer, ends.byteOffset, ends.byteLength / 4),
    flags,
  }
}

/** Those that were written beside this very file. */
function readChanges(file: string, id: string, former: FormerComposite): readonly number[] {
  const { head, columns } = readIf(file)
  const { changes, ...of } = head as { readonly id: string; readonly changes: readonly number[] }
  if (of.id !== id) return []
  const [records, flags, digests, sha256, pageRoots, directories] = columns
  changes.forEach((entry, i) => {
    former.flags[entry] = flags?.[i] as number
  })
  put(former.scan.records, records, changes, scanEntryBytes)
  put(former.digests, digests, changes, digestBytes)
  if (former.sha256) put(former.sha256, sha256, changes, digestBytes)
  if (pageRoots) former.pageRoots.set(pageRoots)
  if (directories) former.scan.directories.records.set(directories)
  return changes
}

function readIf(file: string): ReturnType<typeof readColumns> {
  try {
    return readColumns(readFileSync(file))
  } catch {
    return { head: { id: '', changes: [] }, columns: [] }
  }
}

function picked(column: Uint8Array, entries: readonly number[], size: number): Uint8Array {
  const some = new Uint8Array(entries.length * size)
  entries.forEach((entry, i) => {
    some.set(column.subarray(entry * size, (entry + 1) * size), i * size)
  })
  return some
}

function put(column: Uint8Array, from: Uint8Array | undefined, entries: readonly number[], size: number): void {
  entries.forEach((entry, i) => {
    if (from) column.set(from.subarray(i * size, (i + 1) * size), entry * size)
  })
}

function stampsIn(records: Uint8Array): BigInt64Array {
  const stamps = new BigInt64Array((records.length / scanEntryBytes) * stampWords)
  const words = new BigInt64Array(Uint8Array.prototype.slice.call(records).buffer)
  for (let from = 0, to = 0; from < words.length; from += scanEntryBytes / 8, to += stampWords)
    stamps.set(words.subarray(from, from + stampWords), to)
  return stamps
}

function newest(records: Uint8Array, entry: number): bigint {
  const view = new DataView(records.buffer, records.byteOffset + entry * scanEntryBytes, scanEntryBytes)
  const [mtime, ctime] = [view.getBigInt64(mtimeAt, true), view.getBigInt64(mtimeAt + 8, true)]
  if (mtime > ctime) return mtime
  return ctime
}

/** A store through a mapping moves no time until the page is written back. */
function forgetMapped({ scan: { records }, flags }: FormerComposite): void {
  const limit = BigInt(Date.now()) * 1_000_000n - writtenBack
  // By the upper halves of the times first: a bigint for each of a million would take longer than all the rest.
  const coarse = Number(limit >> 32n)
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  let mapped: ReadonlySet<bigint> | null = null
  for (let entry = 0, at = mtimeAt + 4; entry < flags.length; entry++, at += scanEntryBytes) {
    if (view.getInt32(at, true) < coarse && view.getInt32(at + 8, true) < coarse) continue
    if (newest(records, entry) <= limit) continue
    mapped ??= mappedInodes()
    if (mapped.has(view.getBigInt64(entry * scanEntryBytes + inoAt, true)))
      flags[entry] = (flags[entry] as number) & ~formerFlags.known
  }
}
