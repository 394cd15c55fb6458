/** Short texts worked out from a few files each: one file in the user's cache for all that have a name in common, and a look at the files a text instead of opening them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, DerivedText } from '@roar/core'
import { areStamped, stampsOf } from './derived.ts'
import { keepFile } from './keep-file.ts'

/** Beyond it those are dropped that this job has not asked for. */
const most = 4096

interface Kept {
  /** Of the sources that the text rests on: the first so many. */
  readonly restsOn: number
  readonly stamps: string
  readonly text: string
  /** By this job. */
  isUsed: boolean
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
  readonly #all: Map<string, Kept>
  #isNew = false

  constructor(file: string) {
    this.#file = file
    this.#all = read(file)
  }

  known(sources: readonly BytePath[]): string | null {
    const known = this.#all.get(sources[0] ?? '')
    if (known === undefined || !areStamped(sources, known.restsOn, known.stamps)) return null
    known.isUsed = true
    return known.text
  }

  make(sources: readonly BytePath[], make: () => DerivedText): string {
    // Before anything is read: what changes meanwhile has another stamp next time.
    const all = stampsOf(sources)
    const made = make()
    const { text, restsOn } = typeof made === 'string' ? { text: made, restsOn: sources.length } : made
    const stamps = all && restsOn < sources.length ? all.first(restsOn) : all
    if (stamps?.settled) this.#add(sources[0] ?? '', { restsOn, stamps: stamps.text, text, isUsed: true })
    return text
  }

  #add(key: string, kept: Kept): void {
    this.#all.set(key, kept)
    this.#isNew = true
  }

  keep(): void {
    if (!this.#isNew) return
    this.#isNew = false
    const all = [...this.#all]
    const kept = all.length > most ? all.filter(([, { isUsed }]) => isUsed) : all
    const lines = kept.map(([key, { restsOn, stamps, text }]) => JSON.stringify([key, restsOn, stamps, text]))
    keepFile(this.#file, `[${lines.join(',\n')}]`)
  }
}

type Line = readonly [key: string, restsOn: number, stamps: string, text: string]

function read(file: string): Map<string, Kept> {
  const all = new Map<string, Kept>()
  try {
    const lines: readonly Line[] = JSON.parse(readFileSync(file, 'utf8'))
    for (const line of lines) {
      if (!isLine(line)) return new Map()
      all.set(line[0], { restsOn: line[1], stamps: line[2], text: line[3], isUsed: false })
    }
    return all
  } catch {
    return new Map()
  }
}

const isLine = (line: Line | null): boolean =>
  Array.isArray(line) &&
  line.length === 4 &&
  typeof line[0] === 'string' &&
  typeof line[1] === 'number' &&
  typeof line[2] === 'string' &&
  typeof line[3] === 'string'
