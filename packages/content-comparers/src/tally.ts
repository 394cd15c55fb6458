/** Counts what two files have in common while they are walked together: stops at the first real difference, remembers the largest tolerated one. */
import type { ContentDifference, NumberTolerance } from '@roar/core'

export class Tally {
  readonly #tolerance: NumberTolerance
  #different: string | null = null
  #largest = 0
  #near: string | null = null
  #tolerated = 0

  constructor(tolerance: NumberTolerance) {
    this.#tolerance = tolerance
  }

  get different(): boolean {
    return this.#different !== null
  }

  /** A difference that no tolerance covers; the first one is kept. Returns false, so that a caller can stop. */
  differs(what: string): false {
    this.#different ??= what
    return false
  }

  /** True: go on. `where` is called only for what is reported. */
  same(expected: unknown, found: unknown, where: () => string): boolean {
    if (Object.is(expected, found) || expected === found) return true
    return this.differs(`${where()}: ${shown(expected)}, now ${shown(found)}`)
  }

  /** Numbers with a fraction. NaN equals NaN, and zero equals minus zero. */
  float(expected: number, found: number, where: () => string): boolean {
    if (expected === found || (Number.isNaN(expected) && Number.isNaN(found))) return true
    const distance = Math.abs(expected - found)
    if (!(distance <= this.#tolerance.absolute + this.#tolerance.relative * Math.abs(expected)))
      return this.same(expected, found, where)
    this.#tolerated++
    if (distance >= this.#largest) {
      this.#largest = distance
      this.#near = `${where()}: ${shown(expected)}, now ${shown(found)}`
    }
    return true
  }

  /** Samples of an image: only an absolute tolerance means anything for them. */
  sample(expected: number, found: number, where: () => string): boolean {
    if (expected === found) return true
    if (Math.abs(expected - found) > this.#tolerance.absolute) return this.same(expected, found, where)
    this.#tolerated++
    this.#near ??= `${where()}: ${shown(expected)}, now ${shown(found)}`
    return true
  }

  result(): ContentDifference {
    if (this.#different !== null) return { verdict: 'different', difference: this.#different }
    if (this.#tolerated === 0) return { verdict: 'content', difference: null }
    const most = this.#tolerated === 1 ? 'one number differs' : `${this.#tolerated} numbers differ, most of all`
    return { verdict: 'tolerance', difference: `${most} ${this.#near}` }
  }
}

/** A value in a message: short, on one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : bare(value)
  return text.length <= 80 ? text : `${text.slice(0, 76)} …`
}

function bare(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, plain) ?? String(value)
  return String(value)
}

/** BigInts are no JSON. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
