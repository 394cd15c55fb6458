/** The key that the database does not hold: it wraps the keys of the private scopes. From the environment, or from a file beside the data. */
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RoarError } from '@roar/core'
import type { Database } from '../database/database.ts'
import { makeDirectory } from '../database/make-directory.ts'
import { unusable } from '../database/open.ts'

const length = 32

/** `given`: base64 of 32 bytes; servers that share a database share it. */
export function loadServerKey(data: string, given: string | undefined): Buffer {
  if (given) return checked(given, 'ROAR_REGISTRY_KEY')
  const path = join(data, 'server.key')
  try {
    if (!existsSync(path)) makeKey(data, path)
    return checked(readFileSync(path, 'utf8').trim(), path)
  } catch (error) {
    throw error instanceof RoarError ? error : unusable(data, error as Error)
  }
}

function makeKey(data: string, path: string): void {
  makeDirectory(data)
  try {
    writeFileSync(path, `${randomBytes(length).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Another start was faster: its key is ours.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function checked(text: string, where: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length === length) return key
  throw new RoarError('ROAR_REGISTRY_KEY', `The server key in ${where} is not 32 bytes in base64.`, {
    remedy: ['head -c 32 /dev/urandom | base64 makes one'],
  })
}

/** A server with another key could neither find nor read what is private: it must not start. */
export async function checkServerKey(database: Database, key: Buffer): Promise<void> {
  const value = createHmac('sha256', key).update('roar registry: is this the key?').digest('hex')
  const known = await database.write(async (tx) => {
    await database.insertNew(tx, 'facts', [{ name: 'key_check', value }])
    return tx.selectFrom('facts').select('value').where('name', '=', 'key_check').executeTakeFirst()
  })
  if (known?.value === value) return
  throw new RoarError('ROAR_REGISTRY_KEY', 'This is not the server key that the database was made with.', {
    cause: 'The database was restored without its key, or the servers that share it do not share the key.',
    remedy: ['Bring back server.key from the backup, or set ROAR_REGISTRY_KEY to the same value everywhere.'],
  })
}
