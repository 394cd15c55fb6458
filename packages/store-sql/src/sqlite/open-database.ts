/** Opens the file: private, durable, patient, and never one that is not ours. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { RoarError } from '@roar/core'
import type BetterSqlite3 from 'better-sqlite3'
import { checkedVersion, migrate, newestVersion, versionOf } from '../schema/migrate.ts'
import { connect } from './driver.ts'
import { addMemberKeys } from './member-keys.ts'
import { explained } from './store-errors.ts'
import { logSize } from './write-ahead-log.ts'

/** Milliseconds. Twenty recorders at once wait for each other no longer than some seconds. */
const patience = 30_000

export function openDatabase(location: string, mode: 'read' | 'write'): BetterSqlite3.Database {
  return explained(location, () => (mode === 'read' ? openToRead(location) : openToWrite(location)))
}

function openToRead(location: string): BetterSqlite3.Database {
  if (!existsSync(location)) throw missing(location)
  requireFiles(location)
  const database = onFileOrCopy(location)
  const version = closedOnError(database, () => checkedVersion(database, location))
  if (version === newestVersion) return database
  database.close()
  return broughtUpToDate(location)
}

/** An older database is changed by the only way that may; where nothing can be written the copy is, and nobody else's. */
function broughtUpToDate(location: string): BetterSqlite3.Database {
  try {
    openToWrite(location).close()
    return connect(location, { readonly: true, timeout: patience })
  } catch (error) {
    if (!isUnwritable(error)) throw error
    if (logSize(location) > 0) throw older(location)
    const copy = copyInMemory(location, {})
    closedOnError(copy, () => migrate(copy, location))
    copy.pragma('query_only = ON')
    return copy
  }
}

/**
 * Even a reader of a database in WAL mode makes a file beside it, which a read-only file system or another user's directory refuses. Nobody can be
 * writing there now, so a copy in memory is as good, unless a log holds what is not in the file yet.
 */
function onFileOrCopy(location: string): BetterSqlite3.Database {
  const database = connect(location, { readonly: true, timeout: patience })
  try {
    versionOf(database)
    return database
  } catch (error) {
    database.close()
    if (!isUnwritable(error) || logSize(location) > 0) throw error
    return copyInMemory(location, { readonly: true })
  }
}

function isUnwritable(error: unknown): boolean {
  const { code } = error as { readonly code?: string }
  return code === 'SQLITE_CANTOPEN' || code?.startsWith('SQLITE_READONLY') === true
}

/** Bytes 18 and 19 of the file say how it is written and read (https://sqlite.org/fileformat2.html): 2 is WAL, which memory cannot have. */
function copyInMemory(location: string, options: BetterSqlite3.Options): BetterSqlite3.Database {
  const bytes = readFileSync(location)
  bytes.fill(1, 18, 20)
  return connect(bytes, options)
}

function closedOnError<T>(database: BetterSqlite3.Database, work: () => T): T {
  try {
    return work()
  } catch (error) {
    database.close()
    throw error
  }
}

function openToWrite(location: string): BetterSqlite3.Database {
  const isNew = makePrivate(location)
  const database = connected(location, isNew)
  return closedOnError(database, () => prepared(database, location))
}

function connected(location: string, isNew: boolean): BetterSqlite3.Database {
  try {
    return connect(location, { timeout: patience })
  } catch (error) {
    // The driver could not be loaded.
    if (isNew) rmSync(location, { force: true })
    throw error
  }
}

function prepared(database: BetterSqlite3.Database, location: string): BetterSqlite3.Database {
  // WAL survives in the file; asking for it again is free. FULL: a commit is on the disk when it returns, power cut or not.
  if (checkedVersion(database, location) === 0) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  addMemberKeys(database)
  migrate(database, location)
  return database
}

/** SQLite gives its side files the mode of the database. Says whether there was none. */
function makePrivate(location: string): boolean {
  const isNew = !existsSync(location)
  if (isNew) closeSync(openSync(location, 'a', 0o600))
  else requireFiles(location)
  return isNew
}

/**
 * To open a pipe would wait for whoever writes into it. Where the log beside a database is none, SQLite takes it for an empty one, and says nothing of
 * what it held.
 */
function requireFiles(location: string): void {
  for (const file of ['', '-wal', '-shm'].map((end) => location + end)) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw noFile(file)
  }
  // The first page is in the file before there is a log: SQLite would take the rest for new, and throw the log away.
  if (statSync(location).size === 0 && logSize(location) > 0) throw emptied(location)
}

const noFile = (file: string): RoarError =>
  new RoarError('ROAR_STORE_CORRUPT', `${file} is not a file`, {
    cause: 'Something else stands where a file of the database belongs. Nothing was changed.',
    remedy: [`ls -ld ${file}`, `mv ${file} ${file}.other`],
  })

const emptied = (location: string): RoarError =>
  new RoarError('ROAR_STORE_CORRUPT', `${location} is empty, and its log is not`, {
    cause: 'It was cut to nothing behind the back of roar. Nothing was changed.',
    remedy: [
      `Put a copy of it in its place, and move ${location}-wal away`,
      `mkdir lost && mv ${location}* lost/, then begin anew: roar init`,
    ],
  })

const older = (location: string): RoarError =>
  new RoarError('ROAR_STORE_READONLY', `${location} was made by an older roar, and cannot be brought up to date here`, {
    cause: 'Its newest records are in the log beside it, which cannot be read without writing.',
    remedy: ['roar log, once, where it may be written', 'Or copy the workspace to such a place, and ask there'],
  })

const missing = (location: string): RoarError =>
  new RoarError('ROAR_STORE_MISSING', `there is no database at ${location}`, {
    cause: 'Nothing was recorded here yet, or the file was removed.',
    remedy: ['roar init', 'roar run COMMAND'],
  })
