/** A database that has been emptied is no new one: to begin anew in its place would hide that a record is lost. */
import { existsSync, statSync } from 'node:fs'
import { RoarError } from '@roar/core'
import type { Workspace } from './workspace.ts'

/** The key is made with the first record, when the database has long had its first page. In this order: another recorder may be making both. */
export function requireDatabase({ database, commitmentKey }: Workspace): void {
  if (!existsSync(commitmentKey) || statSync(database, { throwIfNoEntry: false })?.size !== 0) return
  throw new RoarError('ROAR_STORE_CORRUPT', `${database} is empty, where something was recorded`, {
    cause: 'It was cut to nothing behind the back of roar. Nothing was changed.',
    remedy: ['Put a copy of it in its place', `or begin anew: mv ${database} ${database}.lost && roar init`],
  })
}
