/** What SQLite's result codes mean for the user, and that its driver is another Node's. */
import { isRoarError, RoarError } from '@roar/core'

/** Runs `work`; a failure of the database leaves as an error with code, cause and remedy. */
export function explained<T>(location: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isRoarError(error) ? error : (explain(location, error) ?? error)
  }
}

function explain(location: string, error: unknown): RoarError | null {
  const code = (error as { readonly code?: unknown }).code
  if (typeof code !== 'string' || !(error instanceof Error)) return null
  const found = meanings.find(([start]) => code.startsWith(start))
  if (!found) return null
  const [, roarCode, message, remedy] = found
  return new RoarError(roarCode, `${location}: ${message}`, {
    cause: `${code.startsWith('SQLITE_') ? 'SQLite' : 'Node'} says: ${error.message} (${code}).`,
    remedy: remedy.map((line) => line.replaceAll('DB', location)),
  })
}

type Meaning = readonly [start: string, code: string, message: string, remedy: readonly string[]]

const meanings: readonly Meaning[] = [
  [
    'SQLITE_NOTADB',
    'ROAR_STORE_CORRUPT',
    'this is no roar database',
    ['Keep it (mv DB DB.damaged) and restore a copy, or begin anew with: roar init'],
  ],
  [
    'SQLITE_CORRUPT',
    'ROAR_STORE_CORRUPT',
    'the database is damaged',
    ['cp DB DB.damaged', "sqlite3 DB.damaged '.recover' | sqlite3 DB.recovered, then put it in its place"],
  ],
  [
    'ERR_DLOPEN_FAILED',
    'ROAR_STORE_DRIVER',
    `the driver of SQLite cannot be loaded by Node ${process.version}`,
    [
      'npm rebuild better-sqlite3, in the folder where roar is installed',
      'Or use the Node that roar was installed with',
    ],
  ],
  ['SQLITE_READONLY', 'ROAR_STORE_READONLY', 'the database cannot be written', ['chmod u+w DB and its directory']],
  ['SQLITE_CANTOPEN', 'ROAR_STORE_READONLY', 'the database cannot be opened', ['ls -ld DB and its directory']],
  ['SQLITE_PERM', 'ROAR_STORE_READONLY', 'the database may not be opened', ['chmod u+rw DB']],
  ['SQLITE_FULL', 'ROAR_STORE_FULL', 'the disk is full', ['Make room (df -h DB), then run the command again']],
  [
    'SQLITE_IOERR',
    'ROAR_STORE_FULL',
    'the disk does not take the record',
    ['df -h DB', 'ulimit -f (a limit to the size of files?)', 'dmesg | tail'],
  ],
  ['SQLITE_BUSY', 'ROAR_STORE_BUSY', 'another process keeps the database locked', ['fuser DB names it; try again']],
  ['SQLITE_LOCKED', 'ROAR_STORE_BUSY', 'another process keeps the database locked', ['fuser DB names it; try again']],
]
