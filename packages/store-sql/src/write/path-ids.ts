/** Each path is stored once; a job names thousands of them. */
import type { BytePath } from '@roar/core'
import { type PathText, pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { pathsByText } from '../sqlite/look-up.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { nextId } from './next-id.ts'

/** Asked for by one query, and all that is kept in memory. */
const atOnce = 1000

export class PathIds {
  readonly #sql: Sql
  readonly #rows: RowWriter<'paths'>
  /** A path with this id or a higher one is new: no earlier job knows it. */
  readonly fresh: number
  #next: number

  /** Within a transaction. */
  constructor(sql: Sql) {
    this.#sql = sql
    this.#rows = new RowWriter(sql, 'paths', ['id', 'path', 'escaped'])
    this.fresh = nextId(sql, 'paths')
    this.#next = this.fresh
  }

  /** In the order of the paths. */
  of(paths: readonly BytePath[]): readonly number[] {
    const ids: number[] = []
    for (let at = 0; at < paths.length; at += atOnce) this.#intern(paths.slice(at, at + atOnce), ids)
    return ids
  }

  #intern(paths: readonly BytePath[], ids: number[]): void {
    const texts = paths.map(pathText)
    const first = ids.length
    for (const _ of texts) ids.push(0)
    for (const escaped of [0, 1] as const) {
      const places = [...texts.keys()].filter((i) => texts[i]?.escaped === escaped)
      const asked = places.map((i) => texts[i]?.path as string)
      for (const [place, id] of pathsByText(this.#sql, asked, escaped)) ids[first + (places[place] as number)] = id
    }
    this.#make(texts, ids, first)
  }

  /** Those that were not found; the same one may be there twice. */
  #make(texts: readonly PathText[], ids: number[], first: number): void {
    const made = new Map<string, number>()
    for (const [i, { path, escaped }] of texts.entries()) {
      if (ids[first + i] !== 0) continue
      const key = escaped === 0 ? path : `\0${path}`
      let id = made.get(key)
      if (id === undefined) {
        id = this.#next++
        made.set(key, id)
        this.#rows.add(id, path, escaped)
      }
      ids[first + i] = id
    }
    this.#rows.flush()
  }
}
