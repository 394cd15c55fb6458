/** The connection that Kysely is given, on a real database. */
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { holdStatements } from './held-statements.ts'
import { KeptStatements } from './kept-statements.ts'

interface Tables {
  readonly files: { readonly id: number; readonly name: string; readonly bytes: Buffer | null }
}

async function opened(): Promise<Kysely<Tables>> {
  const connection = holdStatements(new Sqlite(':memory:'))
  connection.exec('CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB)')
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new KeptStatements(connection) }) })
  for (let id = 1; id <= 3; id++) {
    await database
      .insertInto('files')
      .values({ id, name: `file ${id}`, bytes: Buffer.from([id]) })
      .execute()
  }
  return database
}

describe('statements that are kept', () => {
  it('give rows by name, the same way each time they are asked', async () => {
    const database = await opened()
    const all = () => database.selectFrom('files').selectAll().where('id', '<', 3).execute()
    const rows = [
      { id: 1, name: 'file 1', bytes: Buffer.from([1]) },
      { id: 2, name: 'file 2', bytes: Buffer.from([2]) },
    ]
    expect(await all()).toEqual(rows)
    expect(await all()).toEqual(rows)
    await database.destroy()
  })

  it('tell what a change did', async () => {
    const database = await opened()
    const change = () => database.updateTable('files').set({ name: 'other' }).where('id', '>', 1).executeTakeFirst()
    expect((await change()).numUpdatedRows).toBe(2n)
    expect((await change()).numUpdatedRows).toBe(2n)
    await database.destroy()
  })

  it('are read row by row, and again after a reader that left early', async () => {
    const database = await opened()
    const query = database.selectFrom('files').select('name').orderBy('id')
    const read = async (most: number) => {
      const seen: string[] = []
      for await (const { name } of query.stream()) if (seen.push(name) === most) break
      return seen
    }
    expect(await read(1)).toEqual(['file 1'])
    expect(await read(9)).toEqual(['file 1', 'file 2', 'file 3'])
    expect(await query.execute()).toHaveLength(3)
    await database.destroy()
  })

  it('are forgotten, the oldest first, and prepared anew', async () => {
    const database = await opened()
    const ask = (number: number) => sql<{ n: number }>`SELECT ${sql.raw(String(number))} AS n`.execute(database)
    for (let number = 0; number < 600; number++) expect((await ask(number)).rows).toEqual([{ n: number }])
    expect((await ask(0)).rows).toEqual([{ n: 0 }])
    await database.destroy()
  })
})
