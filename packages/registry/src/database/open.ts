/** Opens the database that was asked for, and brings it up to date. */
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import type { Database } from './database.ts'

export interface DatabasePlace {
  /** Holds SQLite's file and the server key. */
  readonly data: string
  /** `postgresql://…`; SQLite without it. */
  readonly url?: string | undefined
}

export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if (place.url === undefined) return sqliteIn(place.data)
  if (/^postgres(ql)?:\/\//.test(place.url)) return (await import('./postgres.ts')).openPostgres(place.url)
  throw new RoarError('ROAR_REGISTRY_DATABASE', 'The database URL is not one of PostgreSQL.', {
    remedy: ['postgresql://user:password@host/database', 'Without a URL the registry keeps SQLite in its directory.'],
    exitCode: 2,
  })
}

async function sqliteIn(data: string): Promise<Database> {
  const { openSqlite } = await import('./sqlite.ts')
  const path = join(data, 'registry.db')
  return openSqlite(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === undefined || error instanceof RoarError ? error : unusable(path, error)
  })
}

/** `error`: of the operating system, or of SQLite. */
export const unusable = (path: string, { message }: Error): RoarError =>
  new RoarError('ROAR_REGISTRY_DATABASE', `${path} cannot be used.`, {
    cause: message,
    remedy: ['--data names a directory of the registry’s own, on a disk of this machine, that may be written.'],
  })
