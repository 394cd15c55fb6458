/** Digests of files that have not changed, in a small database of its own in the user's cache directory. Whatever goes wrong, it is only empty. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CacheKey, DigestCache, Digests } from '@roar/core'
import type BetterSqlite3 from 'better-sqlite3'
import { connect } from './sqlite/driver.ts'

/** Rows; about 200 bytes each. */
const mostRows = 200_000
/** Pruned by this share at once, oldest first, so that it happens rarely. */
const pruned = mostRows / 10

const emptyCache: DigestCache = { get: () => null, put: () => undefined, close: () => undefined }

export function openDigestCache(path: string): DigestCache {
  try {
    makeDirectory(dirname(path))
    return cacheOn(openFile(path))
  } catch {
    return emptyCache
  }
}

/** Not by Node's own `recursive`: that never returns where mkdir answers ENOENT although the parent exists, as below /proc. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeDirectory(parent)
  try {
    mkdirSync(path, 0o700)
  } catch (error) {
    // Another recorder was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** A damaged cache is thrown away: nothing is lost but time. */
function openFile(path: string): BetterSqlite3.Database {
  try {
    return prepared(path)
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    return prepared(path)
  }
}

/** Its side files get the mode of the database. One that an earlier version made is closed to others now. */
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  else if (statSync(path).mode & 0o077) chmodSync(path, 0o600)
}

function prepared(path: string): BetterSqlite3.Database {
  makePrivate(path)
  const database = connect(path, { timeout: 200 })
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = OFF')
  database.exec('CREATE TABLE IF NOT EXISTS digests (key TEXT PRIMARY KEY, digests TEXT NOT NULL)')
  return database
}

const keyText = (key: CacheKey): string => [key.dev, key.ino, key.size, key.mtimeNs, key.ctimeNs].join(':')

function cacheOn(database: BetterSqlite3.Database): DigestCache {
  const find = database.prepare<[string], { digests: string }>('SELECT digests FROM digests WHERE key = ?')
  const store = database.prepare<[string, string]>('INSERT OR REPLACE INTO digests (key, digests) VALUES (?, ?)')
  const quietly = <T>(work: () => T, otherwise: T): T => {
    try {
      return work()
    } catch {
      return otherwise
    }
  }
  const get = (key: CacheKey): Digests | null => {
    const row = find.get(keyText(key))
    return row ? JSON.parse(row.digests) : null
  }
  return {
    get: (key) => quietly(() => get(key), null),
    put: (key, digests) =>
      quietly(() => void store.run(keyText(key), JSON.stringify({ ...get(key), ...digests })), undefined),
    close: () => quietly(() => closeCache(database), undefined),
  }
}

function closeCache(database: BetterSqlite3.Database): void {
  const { n } = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM digests').get() ?? { n: 0 }
  if (n > mostRows)
    database
      .prepare('DELETE FROM digests WHERE rowid IN (SELECT rowid FROM digests ORDER BY rowid LIMIT ?)')
      .run(pruned)
  database.close()
}
