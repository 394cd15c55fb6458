/** Brings a database to the newest version, one numbered step at a time, each in its own transaction. */
import { RoarError } from '@roar/core'
import type { Database } from 'better-sqlite3'
import { addMemberKeys } from '../sqlite/member-keys.ts'
import { initial } from './migrations/0001-initial.ts'
import { composites } from './migrations/0002-composites.ts'
import { packagesAndEnvironment } from './migrations/0003-packages-and-environment.ts'
import { claimsAndLocations } from './migrations/0004-claims-and-locations.ts'
import { registrations } from './migrations/0005-registrations.ts'
import { receipts } from './migrations/0006-receipts.ts'
import { bases } from './migrations/0007-bases.ts'
import { pageMembers } from './migrations/0008-page-members.ts'

/** In order; the place in the list is the version. Never change one that was released: append. */
export const migrations: readonly (readonly string[])[] = [
  initial,
  composites,
  packagesAndEnvironment,
  claimsAndLocations,
  registrations,
  receipts,
  bases,
  pageMembers,
]

export const newestVersion = migrations.length

export const versionOf = (database: Database): number => Number(database.pragma('user_version', { simple: true }))

export function migrate(database: Database, location: string): void {
  for (let version = checkedVersion(database, location); version < newestVersion; version++) step(database, version)
}

export function checkedVersion(database: Database, location: string): number {
  const version = versionOf(database)
  if (version <= newestVersion) return version
  throw new RoarError('ROAR_STORE_NEWER', `${location} was made by a newer roar`, {
    cause: `Its schema has version ${version}; this roar knows versions up to ${newestVersion}. It was not touched.`,
    remedy: ['npm install --global @roar/cli@latest'],
    data: { version, newest: newestVersion },
  })
}

function step(database: Database, from: number): void {
  addMemberKeys(database)
  const apply = database.transaction(() => {
    // Another process may have done it while this one waited for the lock.
    if (versionOf(database) !== from) return
    for (const statement of migrations[from] as readonly string[]) database.exec(statement)
    database.pragma(`user_version = ${from + 1}`)
  })
  apply.immediate()
}
