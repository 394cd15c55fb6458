/** Each path is stored once; a job names thousands of them. */
import type { BytePath } from '@roar/core'
import { type PathText, pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { nextId } from './next-id.ts'

/** Asked for by one query. */
const atOnce = 1000

export class PathIds {
  readonly #sql: Sql
  readonly #ids = new Map<BytePath, number>()
  readonly #fresh: number
  #next: number

  /** Within a transaction. */
  constructor(sql: Sql) {
    this.#sql = sql
    this.#fresh = nextId(sql, 'paths')
    this.#next = this.#fresh
  }

  /** Of a path that was added. */
  of(path: BytePath): number {
    const id = this.#ids.get(path)
    if (id === undefined) throw new Error('a path was not added')
    return id
  }

  /** No row can refer to it yet. */
  isFresh(id: number): boolean {
    return id >= this.#fresh
  }

  add(paths: Iterable<BytePath>): void {
    let some: BytePath[] = []
    for (const path of paths) {
      if (this.#ids.has(path)) continue
      this.#ids.set(path, 0)
      if (some.push(path) < atOnce) continue
      this.#intern(some)
      some = []
    }
    if (some.length > 0) this.#intern(some)
  }

  #intern(paths: readonly BytePath[]): void {
    const texts = paths.map(pathText)
    const known = [this.#known(texts, 0), this.#known(texts, 1)]
    const rows = new RowWriter(this.#sql, 'paths', ['id', 'path', 'escaped'])
    for (const [i, { path, escaped }] of texts.entries()) {
      const id = known[escaped]?.get(path) ?? this.#next++
      if (this.isFresh(id)) rows.add(id, path, escaped)
      this.#ids.set(paths[i] as BytePath, id)
    }
    rows.flush()
  }

  #known(all: readonly PathText[], escaped: 0 | 1): ReadonlyMap<string, number> {
    const texts = all.filter((one) => one.escaped === escaped).map((one) => one.path)
    if (texts.length === 0) return new Map()
    const query = this.#sql.build
      .selectFrom('paths')
      .select(['id', 'path'])
      .where('path', 'in', listed(texts))
      .where('escaped', '=', escaped)
    return new Map(this.#sql.all(query).map((row) => [row.path, row.id]))
  }
}
