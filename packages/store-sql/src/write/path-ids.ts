/** Each path is stored once; a job names thousands of them. */
import type { BytePath } from '@roar/core'
import { pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { pathsByText } from '../sqlite/look-up.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { nextPath } from './next-id.ts'

/** Asked for by one query, and all that is kept in memory. */
const atOnce = 1000

export class PathIds {
  readonly #sql: Sql
  readonly #rows: RowWriter<'paths'>
  readonly #escaped: RowWriter<'paths'>
  /** A path with this id or a higher one is new: no earlier job knows it. */
  readonly fresh: number
  #next: number

  /** Within a transaction. */
  constructor(sql: Sql) {
    this.#sql = sql
    this.#rows = new RowWriter(sql, 'paths', ['id', 'path'], { escaped: 0 })
    this.#escaped = new RowWriter(sql, 'paths', ['id', 'path'], { escaped: 1 })
    this.fresh = nextPath(sql)
    this.#next = this.fresh
  }

  /** In the order of the paths. */
  of(paths: readonly BytePath[]): readonly number[] {
    const ids: number[] = []
    for (let at = 0; at < paths.length; at += atOnce) this.#intern(paths.slice(at, at + atOnce), ids)
    return ids
  }

  #intern(paths: readonly BytePath[], ids: number[]): void {
    const first = ids.length
    const [plain, escaped] = sorted(paths, first)
    for (const _ of paths) ids.push(0)
    for (const { texts, places, mark, rows } of [
      { ...plain, mark: 0, rows: this.#rows },
      { ...escaped, mark: 1, rows: this.#escaped },
    ] as const) {
      for (const [i, id] of pathsByText(this.#sql, texts, mark)) ids[places[i] as number] = id
      this.#make(texts, places, ids, rows)
    }
  }

  /** Those that were not found; the same one may be there twice. */
  #make(texts: readonly string[], places: readonly number[], ids: number[], rows: RowWriter<'paths'>): void {
    const made = new Map<string, number>()
    for (const [i, path] of texts.entries()) {
      const place = places[i] as number
      if (ids[place] !== 0) continue
      let id = made.get(path)
      if (id === undefined) {
        id = this.#next++
        made.set(path, id)
        rows.add(id, path)
      }
      ids[place] = id
    }
    rows.flush()
  }
}

interface Texts {
  readonly texts: string[]
  /** Where in the list of ids each belongs. */
  readonly places: number[]
}

/** Those that are text, and those that are not. */
function sorted(paths: readonly BytePath[], first: number): readonly [Texts, Texts] {
  const both: [Texts, Texts] = [
    { texts: [], places: [] },
    { texts: [], places: [] },
  ]
  for (const [i, one] of paths.entries()) {
    const { path, escaped } = pathText(one)
    both[escaped].texts.push(path)
    both[escaped].places.push(first + i)
  }
  return both
}
