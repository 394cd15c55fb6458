/** A directory as formats look at it: names first, contents only where a name leads to them. */
import type { BytePath, Probe } from '@roar/core'

/** Names are tried against a pattern up to so many: a format shows itself early in a listing. */
const mostTried = 4096

export class Directory {
  readonly path: BytePath
  readonly #probe: Probe
  readonly #answers = new Map<string, unknown>()
  #names: readonly BytePath[] | null = null

  constructor(path: BytePath, probe: Probe) {
    this.path = path
    this.#probe = probe
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1)
  }

  /** Sorted bytewise. */
  get names(): readonly BytePath[] {
    this.#names ??= this.#probe.list(this.path)
    return this.#names
  }

  /** The names of a hundred thousand files are not kept. */
  forget(): void {
    this.#names = null
  }

  /** One answer for all files of a set. */
  once(key: string, ask: () => boolean): boolean {
    return this.remembered(key, ask)
  }

  remembered<T extends {}>(key: string, ask: () => T): T {
    const known = (this.#answers.get(key) as T | undefined) ?? ask()
    this.#answers.set(key, known)
    return known
  }

  has(name: string): boolean {
    const { names } = this
    let [low, high] = [0, names.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((names[middle] as string) < name) low = middle + 1
      else high = middle
    }
    return names[low] === name
  }

  matching(pattern: RegExp): readonly BytePath[] {
    return this.names.slice(0, mostTried).filter((name) => pattern.test(name))
  }

  some(pattern: RegExp): boolean {
    return this.names.slice(0, mostTried).some((name) => pattern.test(name))
  }

  /** Of an entry: asked of the disk, without a listing. */
  exists(name: string): boolean {
    return this.#probe.exists(this.#at(name))
  }

  list(name: string): readonly BytePath[] {
    return this.#probe.list(this.#at(name))
  }

  below(name: string): Directory {
    return new Directory(this.#at(name), this.#probe)
  }

  text(name: string): string | null {
    return this.#probe.text(this.#at(name))
  }

  head(name: string, length: number): Uint8Array | null {
    return this.#probe.head(this.#at(name), length)
  }

  tail(name: string, length: number): Uint8Array | null {
    return this.#probe.part(this.#at(name), -length, length)
  }

  part(name: string, offset: number, length: number): Uint8Array | null {
    return this.#probe.part(this.#at(name), offset, length)
  }

  bytes(name: string, most = 256 << 20): Uint8Array | null {
    return this.#probe.bytes?.(this.#at(name), most) ?? null
  }

  /** Null for what is no JSON object. */
  json(name: string): Readonly<Record<string, unknown>> | null {
    return parseObject(this.text(name))
  }

  #at(name: string): BytePath {
    return `${this.path}/${name}` as BytePath
  }
}

export function parseObject(text: string | null): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
