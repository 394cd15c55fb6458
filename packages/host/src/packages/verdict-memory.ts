/** Remembers which files were found to be what their distributions recorded: 8 bytes each, in the user's cache. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { keepFile } from '../probe/keep-file.ts'

/** Beyond it the memory begins anew: 2 MB. */
const limit = 250_000

export class VerdictMemory {
  readonly #file: string
  readonly #known: BigUint64Array

  constructor(file: string) {
    this.#file = file
    this.#known = read(file)
  }

  has(key: string): boolean {
    const wanted = digestOf(key)
    let [low, high] = [0, this.#known.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#known[middle] as bigint) < wanted) low = middle + 1
      else high = middle
    }
    return this.#known[low] === wanted
  }

  /** Best effort: what cannot be remembered is looked up again. */
  add(keys: readonly string[]): void {
    if (keys.length === 0) return
    const old = this.#known.length + keys.length > limit ? [] : this.#known
    const all = BigUint64Array.from([...old, ...keys.map(digestOf)]).sort()
    keepFile(this.#file, new Uint8Array(all.buffer))
  }
}

/** 64 bits of a cryptographic digest: nobody can make another file's verdict his own by choosing a stamp. */
const digestOf = (key: string): bigint => createHash('sha256').update(key).digest().readBigUInt64LE(0)

function read(file: string): BigUint64Array {
  try {
    const bytes = readFileSync(file)
    return new BigUint64Array(Uint8Array.from(bytes).buffer, 0, bytes.length >> 3)
  } catch {
    return new BigUint64Array()
  }
}
