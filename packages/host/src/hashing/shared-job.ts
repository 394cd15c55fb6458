/** The memory that hashing threads share: which file is next, how far they are, and a record of fixed size for each file. */
import type { BytePath, FileStamp, HashedFile } from '@roar/core'
import type { FactorySource } from '../plugins/plugin.ts'

export interface JobMemory {
  readonly counters: SharedArrayBuffer
  readonly records: SharedArrayBuffer
  /** Ended by a NUL byte each. */
  readonly paths: SharedArrayBuffer
}

export interface WorkerInput {
  readonly memory: JobMemory
  readonly sources: readonly FactorySource[]
  readonly names: readonly string[]
  readonly lengths: readonly number[]
  readonly below: number
  readonly background: boolean
}

const state = { open: 0, done: 1, doneWithStamp: 2 }
/** Error codes are ASCII; the longest of Linux has 15 letters. */
const place = { error: 1, errorEnd: 24, stamp: 24, digests: 64 }
const counter = { next: 0, finished: 1, bytes: 2, stopped: 3 }

export class SharedJob {
  readonly memory: JobMemory
  readonly #counters: BigInt64Array
  readonly #records: Buffer
  readonly #names: readonly string[]
  readonly #lengths: readonly number[]
  readonly #size: number

  constructor(memory: JobMemory, names: readonly string[], lengths: readonly number[]) {
    this.memory = memory
    this.#counters = new BigInt64Array(memory.counters)
    this.#records = Buffer.from(memory.records)
    this.#names = names
    this.#lengths = lengths
    this.#size = recordSize(lengths)
  }

  static create(paths: readonly BytePath[], names: readonly string[], lengths: readonly number[]): SharedJob {
    const joined = Buffer.from(paths.map((path) => `${path.includes('\0') ? '' : path}\0`).join(''), 'latin1')
    const memory = {
      counters: new SharedArrayBuffer(32),
      records: new SharedArrayBuffer(paths.length * recordSize(lengths)),
      paths: new SharedArrayBuffer(joined.length),
    }
    Buffer.from(memory.paths).set(joined)
    return new SharedJob(memory, names, lengths)
  }

  paths(): readonly BytePath[] {
    return Buffer.from(this.memory.paths).toString('latin1').split('\0').slice(0, -1) as BytePath[]
  }

  /** The index of a file that nobody else takes. */
  take(): number {
    return Number(Atomics.add(this.#counters, counter.next, 1n))
  }
  addBytes(bytes: number): void {
    Atomics.add(this.#counters, counter.bytes, BigInt(bytes))
  }
  get bytes(): number {
    return Number(Atomics.load(this.#counters, counter.bytes))
  }
  get finished(): number {
    return Number(Atomics.load(this.#counters, counter.finished))
  }
  stop(): void {
    Atomics.store(this.#counters, counter.stopped, 1n)
  }
  get stopped(): boolean {
    return Atomics.load(this.#counters, counter.stopped) === 1n
  }

  put(index: number, { digests, error, stamp }: HashedFile): void {
    const at = index * this.#size
    const records = this.#records
    if (error !== null) records.write(error.slice(0, place.errorEnd - place.error - 1), at + place.error, 'latin1')
    if (stamp) writeStamp(stamp, records.subarray(at + place.stamp))
    if (digests) records.write(this.#names.map((name) => digests[name]).join(''), at + place.digests, 'hex')
    records[at] = stamp ? state.doneWithStamp : state.done
    Atomics.add(this.#counters, counter.finished, 1n)
  }

  /** Null for a file that was not done: its thread failed. */
  get(index: number, path: BytePath): HashedFile | null {
    const record = this.#records.subarray(index * this.#size, (index + 1) * this.#size)
    if (record[0] === state.open) return null
    const stamp = record[0] === state.doneWithStamp ? stampIn(record) : null
    const error = record[place.error] === 0 ? null : textIn(record)
    return { path, digests: error === null ? this.#digestsIn(record) : null, error, stamp }
  }

  #digestsIn(record: Buffer): Record<string, string> {
    const digests: Record<string, string> = {}
    let at = place.digests
    this.#names.forEach((name, i) => {
      digests[name] = record.toString('hex', at, at + (this.#lengths[i] as number))
      at += this.#lengths[i] as number
    })
    return digests
  }
}

const recordSize = (lengths: readonly number[]): number => place.digests + lengths.reduce((sum, one) => sum + one, 0)

function writeStamp({ dev, ino, size, mtimeNs, ctimeNs }: FileStamp, into: Buffer): void {
  let at = 0
  for (const word of [dev, ino, size, mtimeNs, ctimeNs]) at = into.writeBigUInt64LE(BigInt.asUintN(64, word), at)
}

function stampIn(record: Buffer): FileStamp {
  const word = (i: number): bigint => record.readBigUInt64LE(place.stamp + i * 8)
  return {
    dev: word(0),
    ino: word(1),
    size: word(2),
    mtimeNs: BigInt.asIntN(64, word(3)),
    ctimeNs: BigInt.asIntN(64, word(4)),
  }
}

const textIn = (record: Buffer): string => record.toString('latin1', place.error, record.indexOf(0, place.error))
