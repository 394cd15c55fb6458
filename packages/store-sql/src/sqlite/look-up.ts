/** Asks an index for many texts by one query. Twice as fast as `IN`, which would sort them first; PostgreSQL has `unnest` for it. */
import type { Sql } from '../sql.ts'

/** The place in the list, and what was found for it. A text that is not there has no line, one that is there twice has two. */
export type Found = readonly [place: number, id: number]

export const pathsByText = (sql: Sql, texts: readonly string[], escaped: 0 | 1): readonly Found[] =>
  lookUp(
    sql,
    texts,
    'paths.id FROM json_each(?) asked CROSS JOIN paths ON paths.path = asked.value AND escaped = ?',
    escaped,
  )

export const artifactsByValue = (sql: Sql, values: readonly string[], algorithm: string): readonly Found[] =>
  lookUp(
    sql,
    values,
    'artifact_id FROM json_each(?) asked CROSS JOIN digests ON digests.value = asked.value AND algorithm = ?',
    algorithm,
  )

export const pagesByRoot = (sql: Sql, roots: readonly string[]): readonly Found[] =>
  lookUp(
    sql,
    roots,
    'manifest_pages.id FROM json_each(?) asked CROSS JOIN manifest_pages ON manifest_pages.root = asked.value AND members > ?',
    0,
  )

const lookUp = (sql: Sql, list: readonly string[], query: string, fixed: string | number): readonly Found[] =>
  list.length === 0 ? [] : (sql.lines(`SELECT asked.key, ${query}`, [JSON.stringify(list), fixed]) as readonly Found[])
