/** Short texts worked out from a few files each: one file in the user's cache for all that have a name in common, and a look at the files a text instead of opening them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, DerivedText } from '@roar/core'
import { stampsOf } from './derived.ts'
import { keepFile } from './keep-file.ts'

/** Beyond it those are dropped that this job has not asked for. */
const most = 4096

interface Kept {
  /** Of the sources that the text rests on: the first so many. */
  readonly restsOn: number
  readonly stamps: string
  readonly text: string
}

export class KeptTexts {
  readonly #folder: string
  readonly #tables = new Map<string, Table>()

  constructor(folder: string) {
    this.#folder = folder
  }

  text(name: string, sources: readonly BytePath[], make: () => DerivedText): string {
    const table = this.#tables.get(name) ?? new Table(join(this.#folder, name))
    this.#tables.set(name, table)
    return table.known(sources) ?? table.make(sources, make)
  }

  keep(): void {
    for (const table of this.#tables.values()) table.keep()
  }
}

class Table {
  readonly #file: string
  readonly #old: ReadonlyMap<string, Kept>
  readonly #used = new Map<string, Kept>()
  #isNew = false

  constructor(file: string) {
    this.#file = file
    this.#old = read(file)
  }

  known(sources: readonly BytePath[]): string | null {
    const key = sources[0] ?? ''
    const known = this.#used.get(key) ?? this.#old.get(key)
    if (known === undefined) return null
    if (known.stamps !== stampsOf(first(sources, known.restsOn))?.text) return null
    this.#used.set(key, known)
    return known.text
  }

  make(sources: readonly BytePath[], make: () => DerivedText): string {
    // Before anything is read: what changes meanwhile has another stamp next time.
    const all = stampsOf(sources)
    const made = make()
    const { text, restsOn } = typeof made === 'string' ? { text: made, restsOn: sources.length } : made
    const stamps = all && restsOn < sources.length ? all.first(restsOn) : all
    if (stamps?.settled) this.#add(sources[0] ?? '', { restsOn, stamps: stamps.text, text })
    return text
  }

  #add(key: string, kept: Kept): void {
    this.#used.set(key, kept)
    this.#isNew = true
  }

  keep(): void {
    if (!this.#isNew) return
    this.#isNew = false
    const all = new Map([...this.#old, ...this.#used])
    const kept = all.size > most ? this.#used : all
    const lines = [...kept].map(([key, { restsOn, stamps, text }]) => JSON.stringify([key, restsOn, stamps, text]))
    keepFile(this.#file, `[${lines.join(',\n')}]`)
  }
}

const first = <T>(all: readonly T[], count: number): readonly T[] => (count < all.length ? all.slice(0, count) : all)

type Line = readonly [key: string, restsOn: number, stamps: string, text: string]

function read(file: string): ReadonlyMap<string, Kept> {
  try {
    const lines: readonly Line[] = JSON.parse(readFileSync(file, 'utf8'))
    if (!lines.every(isLine)) return new Map()
    return new Map(lines.map(([key, restsOn, stamps, text]) => [key, { restsOn, stamps, text }]))
  } catch {
    return new Map()
  }
}

const isLine = (line: unknown): boolean =>
  Array.isArray(line) && line.length === 4 && line.every((part, i) => typeof part === (i === 1 ? 'number' : 'string'))
