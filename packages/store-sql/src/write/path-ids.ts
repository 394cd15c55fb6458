/** Each path is stored once; a job names thousands of them. */
import type { BytePath } from '@roar/core'
import { pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'

export type PathIds = (path: BytePath) => number

export function pathIds(sql: Sql): PathIds {
  const insert = sql.prepare(['path', 'escaped'], (row) =>
    sql.build
      .insertInto('paths')
      .values(row)
      .onConflict((conflict) => conflict.doNothing()),
  )
  const find = sql.prepare(['path', 'escaped'], (row) =>
    sql.build.selectFrom('paths').select('id').where('path', '=', row.path).where('escaped', '=', row.escaped),
  )
  return (path) => {
    const row = pathText(path)
    const { id, changes } = insert.run(row)
    return changes === 1 ? id : Number(find.get(row)?.id)
  }
}
