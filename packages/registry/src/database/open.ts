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
  if (place.url === undefined) return (await import('./sqlite.ts')).openSqlite(join(place.data, 'registry.db'))
  if (/^postgres(ql)?:\/\//.test(place.url)) return (await import('./postgres.ts')).openPostgres(place.url)
  throw new RoarError('ROAR_REGISTRY_DATABASE', 'The database URL is not one of PostgreSQL.', {
    remedy: ['postgresql://user:password@host/database', 'Without a URL the registry keeps SQLite in its directory.'],
    exitCode: 2,
  })
}
