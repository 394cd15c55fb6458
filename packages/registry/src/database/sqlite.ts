/** SQLite in one file: a connection that writes, one that reads. */

import { chmodSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrate } from '../schema/migrate.ts'
import { type Row, type TableName, type Tables, tables } from '../schema/tables.ts'
import { type Database, turn, type Writer } from './database.ts'
import { holdStatements } from './held-statements.ts'
import { KeptStatements } from './kept-statements.ts'
import { makeDirectory } from './make-directory.ts'

/** Rows between two turns of the event loop, some 5 ms. */
const rowsAtOnce = 2000

export async function openSqlite(path: string): Promise<Database> {
  makeDirectory(dirname(path))
  const writer = connect(path)
  chmodSync(path, 0o600)
  const first = new Kysely<Tables>({ dialect: new SqliteDialect({ database: writer }) })
  // A start beside another one waits here, for the lock of the file.
  await begin(writer)
  try {
    await migrate(first, 'sqlite')
    writer.exec('COMMIT')
  } catch (error) {
    if (writer.inTransaction) writer.exec('ROLLBACK')
    await first.destroy()
    throw error
  }
  const reader = connect(path)
  reader.pragma('query_only = 1')
  return new SqliteDatabase(writer, keeping(writer), reader, keeping(reader))
}

const keeping = (connection: Sqlite.Database): Kysely<Tables> =>
  new Kysely({ dialect: new SqliteDialect({ database: new KeptStatements(connection) }) })

function connect(path: string): Sqlite.Database {
  const nativeBinding = builtBinding()
  const db = holdStatements(new Sqlite(path, { timeout: 30_000, ...(nativeBinding ? { nativeBinding } : {}) }))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -65536')
  db.pragma('mmap_size = 1073741824')
  db.pragma('temp_store = memory')
  return db
}

const patience = 30_000

/** Takes the write lock. SQLite's own waiting would stop this whole process, and with it perhaps the one who holds the lock. */
async function begin(db: Sqlite.Database): Promise<void> {
  db.pragma('busy_timeout = 0')
  for (const end = performance.now() + patience; ; ) {
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > end) throw error
      await sleep(2 + Math.random() * 20)
    }
  }
}

/** Where the package builds it; a bundle cannot search for it. */
function builtBinding(): string | undefined {
  try {
    const at = createRequire(import.meta.url).resolve('better-sqlite3/package.json')
    const path = join(dirname(at), 'build/Release/better_sqlite3.node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

class SqliteDatabase implements Database {
  readonly engine = 'sqlite'
  readonly read: Kysely<Tables>
  readonly #raw: Sqlite.Database
  readonly #reader: Sqlite.Database
  readonly #write: Kysely<Tables>
  readonly #inserts = new Map<TableName, Sqlite.Statement>()
  /** One transaction at a time: the connection has no more. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(raw: Sqlite.Database, write: Kysely<Tables>, reader: Sqlite.Database, read: Kysely<Tables>) {
    this.#raw = raw
    this.#reader = reader
    this.#write = write
    this.read = read
  }

  write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#immediate(work))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #immediate<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    await begin(this.#raw)
    try {
      const result = await work(this.#write as Writer)
      this.#raw.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#raw.inTransaction) this.#raw.exec('ROLLBACK')
      throw error
    }
  }

  async insertNew<T extends TableName>(_tx: Writer, table: T, rows: readonly Row<T>[]): Promise<number> {
    const statement = this.#insert(table)
    const columns = Object.keys(tables[table].columns) as (keyof Row<T>)[]
    let added = 0
    for (const [at, row] of rows.entries()) {
      added += statement.run(columns.map((column) => row[column])).changes
      if (at % rowsAtOnce === rowsAtOnce - 1) await turn()
    }
    return added
  }

  #insert(table: TableName): Sqlite.Statement {
    const known = this.#inserts.get(table)
    if (known) return known
    const columns = Object.keys(tables[table].columns)
    const names = columns.map((column) => `"${column}"`).join(', ')
    const places = columns.map(() => '?').join(', ')
    const made = this.#raw.prepare(`INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${places})`)
    this.#inserts.set(table, made)
    return made
  }

  async backup(path: string): Promise<void> {
    await this.#raw.backup(path)
    chmodSync(path, 0o600)
  }

  async close(): Promise<void> {
    await this.#last
    await this.read.destroy()
    // Kysely closes only what it has used.
    this.#reader.close()
    this.#raw.pragma('wal_checkpoint(TRUNCATE)')
    await this.#write.destroy()
    this.#raw.close()
  }
}
