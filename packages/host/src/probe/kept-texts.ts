/** Short texts worked out from a few files each: one file in the user's cache for all that have a name in common, and a look at the files a text instead of opening them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath } from '@roar/core'
import { stampsOf } from './derived.ts'
import { keepFile } from './keep-file.ts'

/** Beyond it those are dropped that this job has not asked for. */
const most = 4096

/** Of the text, all that it rests on. */
interface Kept {
  readonly stamps: string
  readonly text: string
}

export class KeptTexts {
  readonly #folder: string
  readonly #tables = new Map<string, Table>()

  constructor(folder: string) {
    this.#folder = folder
  }

  text(name: string, sources: readonly BytePath[], make: () => string): string {
    const table = this.#tables.get(name) ?? new Table(join(this.#folder, name))
    this.#tables.set(name, table)
    // Before anything is read: what changes meanwhile has another stamp next time.
    const stamps = stampsOf(sources)
    const key = sources[0] ?? ''
    const known = stamps && table.get(key, stamps.text)
    if (known !== null) return known
    const text = make()
    if (stamps?.settled) table.add(key, { stamps: stamps.text, text })
    return text
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

  get(key: string, stamps: string): string | null {
    const known = this.#used.get(key) ?? this.#old.get(key)
    if (known?.stamps !== stamps) return null
    this.#used.set(key, known)
    return known.text
  }

  add(key: string, kept: Kept): void {
    this.#used.set(key, kept)
    this.#isNew = true
  }

  keep(): void {
    if (!this.#isNew) return
    this.#isNew = false
    const all = new Map([...this.#old, ...this.#used])
    const kept = all.size > most ? this.#used : all
    const lines = [...kept].map(([key, { stamps, text }]) => JSON.stringify([key, stamps, text]))
    keepFile(this.#file, `[${lines.join(',\n')}]`)
  }
}

type Line = readonly [key: string, stamps: string, text: string]

function read(file: string): ReadonlyMap<string, Kept> {
  try {
    const lines: readonly Line[] = JSON.parse(readFileSync(file, 'utf8'))
    if (!lines.every(isLine)) return new Map()
    return new Map(lines.map(([key, stamps, text]) => [key, { stamps, text }]))
  } catch {
    return new Map()
  }
}

const isLine = (line: unknown): boolean =>
  Array.isArray(line) && line.length === 3 && line.every((part) => typeof part === 'string')
