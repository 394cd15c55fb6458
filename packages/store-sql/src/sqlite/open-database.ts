/** Opens the file: private, durable, patient, and never one that is not ours. */
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { RoarError } from '@roar/core'
import type BetterSqlite3 from 'better-sqlite3'
import { checkedVersion, migrate, newestVersion } from '../schema/migrate.ts'
import { connect } from './driver.ts'
import { explained } from './store-errors.ts'

/** Milliseconds. Twenty recorders at once wait for each other no longer than some seconds. */
const patience = 30_000

export function openDatabase(location: string, mode: 'read' | 'write'): BetterSqlite3.Database {
  return explained(location, () => (mode === 'read' ? openToRead(location) : openToWrite(location)))
}

function openToRead(location: string): BetterSqlite3.Database {
  if (!existsSync(location)) throw missing(location)
  const database = connect(location, { readonly: true, timeout: patience })
  const version = checkedVersion(database, location)
  if (version === newestVersion) return database
  database.close()
  // An older database is brought up to date first, by the only way that may change it.
  openToWrite(location).close()
  return connect(location, { readonly: true, timeout: patience })
}

function openToWrite(location: string): BetterSqlite3.Database {
  makePrivate(location)
  const database = connect(location, { timeout: patience })
  // WAL survives in the file; asking for it again is free. FULL: a commit is on the disk when it returns, power cut or not.
  if (checkedVersion(database, location) === 0) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  migrate(database, location)
  return database
}

/** SQLite gives its side files the mode of the database. */
function makePrivate(location: string): void {
  if (!existsSync(location)) closeSync(openSync(location, 'a', 0o600))
  else if (!statSync(location).isFile())
    throw new RoarError('ROAR_STORE_CORRUPT', `${location} is not a file`, { remedy: [`ls -ld ${location}`] })
}

const missing = (location: string): RoarError =>
  new RoarError('ROAR_STORE_MISSING', `there is no database at ${location}`, {
    cause: 'Nothing was recorded here yet, or the file was removed.',
    remedy: ['roar init', 'roar run COMMAND'],
  })
