/** What the rest of the server sees of a database: two handles of Kysely, transactions, and bulk writes. */
import type { Kysely, Transaction } from 'kysely'
import type { Engine } from '../schema/statements.ts'
import type { Row, TableName, Tables } from '../schema/tables.ts'

export type Reader = Kysely<Tables>
export type Writer = Transaction<Tables>

export interface Database {
  readonly engine: Engine
  /** For questions. In SQLite a connection of its own: readers do not wait for a writer. */
  readonly read: Reader
  /** One transaction, durable when it resolves. Tried again when the engine says that it met another one: it must not have effects elsewhere. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>
  /** Inserts what is not there yet, many rows at once, and says how many were new. */
  insertNew<T extends TableName>(tx: Writer, table: T, rows: readonly Row<T>[]): Promise<number>
  /** A consistent copy in a file, while others write. */
  backup(path: string): Promise<void>
  close(): Promise<void>
}

/** Lets other requests have their turn in the middle of long work: SQLite answers without ever waiting. */
export const turn = (): Promise<void> => new Promise((done) => setImmediate(done))
