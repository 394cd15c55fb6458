/** A connection whose statements are held, as Node 24 needs it. */
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { holdStatements } from './held-statements.ts'

it('pragmas and statements answer as those of a usual connection, however often they are asked', () => {
  const connection = holdStatements(new Sqlite(':memory:'), true)
  for (let i = 0; i < 3; i++) {
    connection.pragma('busy_timeout = 0')
    connection.pragma(`user_version = ${i}`)
    expect(connection.pragma('user_version')).toEqual([{ user_version: i }])
    expect(connection.prepare('SELECT 1 AS one').all()).toEqual([{ one: 1 }])
  }
  connection.close()
})
