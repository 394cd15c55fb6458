/** PostgreSQL, or an engine that speaks it, by URL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { RoarError } from '@roar/core'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrate } from '../schema/migrate.ts'
import { engineType } from '../schema/statements.ts'
import { type Row, type TableName, type Tables, tables } from '../schema/tables.ts'
import type { Database, Writer } from './database.ts'

/** A statement's parameters are arrays, so their number stays far below the engine's 65,535. */
const rowsAtOnce = 10_000

/** Met another transaction: serialization failure, deadlock, and what CockroachDB calls a restart. */
const again = new Set(['40001', '40P01', 'CR000'])
const attempts = 8

export async function openPostgres(url: string): Promise<Database> {
  const types = { getTypeParser } as pg.CustomTypesConfig
  const pool = new pg.Pool({ connectionString: url, max: 16, types, onConnect: plan })
  // An idle connection that the server ends (a restart, a failover) is replaced at its next use; unhandled it would end us.
  pool.on('error', () => undefined)
  // One that is at work is no concern of the pool's: its statement fails, and with it the request, but not the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await db.transaction().execute((tx) => migrate(tx, 'postgres'))
  } catch (error) {
    await db.destroy()
    throw error instanceof RoarError ? error : unreachable(url, error)
  }
  return new PostgresDatabase(db)
}

/**
 * Every question of ours names its keys. Where a table has no statistics yet (filled or restored a minute ago), PostgreSQL takes a list of keys for a
 * quarter of it, reads a million rows from end to end in several processes and compiles the expression for that: half a second instead of some
 * milliseconds.
 */
async function plan(client: pg.ClientBase): Promise<void> {
  // An engine that only speaks the words of PostgreSQL may not know it, and does without.
  for (const setting of ['enable_seqscan = off', 'max_parallel_workers_per_gather = 0', 'jit = off'])
    await client.query(`SET ${setting}`).catch(() => undefined)
}

/** All our whole numbers are below 2^53: they are numbers, not strings. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === pg.types.builtins.INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

function unreachable(url: string, error: unknown): RoarError {
  const place = URL.canParse(url) ? new URL(url).host : 'the database'
  return new RoarError('ROAR_REGISTRY_DATABASE', `PostgreSQL at ${place} cannot be used.`, {
    cause: error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error),
    remedy: ['Try the same URL with psql.', 'The role must be allowed to create tables in its schema.'],
  })
}

class PostgresDatabase implements Database {
  readonly engine = 'postgres'
  readonly read: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.read = db
  }

  async write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.read.transaction().execute(work)
      } catch (error) {
        if (attempt === attempts || !again.has((error as { code?: string }).code ?? '')) throw error
        await sleep(Math.random() * 20 * 2 ** attempt)
      }
    }
  }

  async insertNew<T extends TableName>(tx: Writer, table: T, rows: readonly Row<T>[]): Promise<number> {
    const columns = Object.entries(tables[table].columns)
    const names = sql.raw(columns.map(([column]) => `"${column}"`).join(', '))
    let added = 0
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const some = rows.slice(at, at + rowsAtOnce)
      const arrays = columns.map(([column, type]) => {
        const values = some.map((row) => row[column as keyof Row<T>])
        return sql`${values}::${sql.raw(engineType('postgres', type))}[]`
      })
      const done = await sql`INSERT INTO ${sql.table(table)} (${names}) SELECT * FROM unnest(${sql.join(arrays)})
        ON CONFLICT DO NOTHING`.execute(tx)
      added += Number(done.numAffectedRows ?? 0)
    }
    return added
  }

  backup(): Promise<void> {
    throw new RoarError('ROAR_REGISTRY_DATABASE', 'A PostgreSQL database is backed up by its own tools.', {
      remedy: ['pg_dump --format=custom --file=registry.dump URL', 'Keep a copy of the server key with it.'],
    })
  }

  close(): Promise<void> {
    return this.read.destroy()
  }
}
