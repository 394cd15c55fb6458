/** What an administrator does to a registry without going through its door. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isRoarError, RoarError } from '@roar/core'
import { loadServer } from './load-server.ts'
import type { RegistryPlace } from './place.ts'

type Server = Awaited<ReturnType<typeof loadServer>>
type OpenRegistry = Awaited<ReturnType<Server['openRegistry']>>

/** One that is there: of a misspelled directory there is nothing to keep, and nobody to list. */
function inOldRegistry<T>(place: RegistryPlace, work: Parameters<typeof inRegistry<T>>[1]): Promise<T> {
  if (place.databaseUrl === undefined && !existsSync(join(place.data, 'registry.db')))
    throw new RoarError('ROAR_REGISTRY_DATABASE', `There is no registry in ${place.data}.`, {
      remedy: ['--data DIR, or ROAR_REGISTRY_DATA, as it is served with', 'roar registry account add NAME makes one'],
    })
  return inRegistry(place, work)
}

async function inRegistry<T>(
  place: RegistryPlace,
  work: (registry: OpenRegistry, server: Server) => Promise<T>,
): Promise<T> {
  const server = await loadServer()
  const registry = await server.openRegistry(place)
  try {
    return await work(registry, server)
  } finally {
    await registry.close()
  }
}

export interface NewAccount {
  readonly name: string
  readonly id: string
  /** Null when it was given. */
  readonly password: string | null
}

export async function addRegistryAccount(
  place: RegistryPlace,
  wanted: { name: string; email: string | null; stdin: boolean },
): Promise<NewAccount> {
  const given = wanted.stdin ? (readFileSync(0, 'utf8').split('\n')[0] ?? '') : null
  const password = given ?? randomBytes(15).toString('base64url')
  return inRegistry(place, async (registry, { addAccount }) => {
    const { id, name } = await addAccount(registry, { name: wanted.name, email: wanted.email, password })
    return { name, id, password: given === null ? password : null }
  })
}

export interface ListedAccount {
  readonly name: string
  readonly provider: string
  readonly created_at: string
  readonly disabled: boolean
}

export const listRegistryAccounts = (place: RegistryPlace): Promise<readonly ListedAccount[]> =>
  inOldRegistry(place, (registry, { listAccounts }) => listAccounts(registry))

export const disableRegistryAccount = (place: RegistryPlace, name: string): Promise<void> =>
  inOldRegistry(place, (registry, { disableAccount }) => disableAccount(registry, name))

export async function addRegistryToken(
  place: RegistryPlace,
  wanted: { account: string; name: string; rights: readonly string[]; days: number },
): Promise<{ token: string; account: string; expires_at: string }> {
  return inOldRegistry(place, async (registry, { tokenFor }) => {
    const made = await tokenFor(registry, wanted)
    return { token: made.token, account: wanted.account, expires_at: made.expires_at }
  })
}

export async function backupRegistry(
  place: RegistryPlace,
  file: string,
  directory: string | undefined,
): Promise<{ database: string; key: string }> {
  const database = resolve(directory ?? '.', file)
  const key = `${database}.key`
  for (const path of [database, key])
    if (existsSync(path)) throw new RoarError('ROAR_USAGE', `${path} exists already.`, { exitCode: 2 })
  return inOldRegistry(place, async (registry) => {
    try {
      await registry.database.backup(database)
      writeFileSync(key, `${registry.serverKey.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      for (const path of [database, key]) rmSync(path, { force: true })
      throw isRoarError(error) ? error : notWritten(database, error as Error)
    }
    return { database, key }
  })
}

const notWritten = (path: string, { message }: Error): RoarError =>
  new RoarError('ROAR_REGISTRY_BACKUP', `${path} cannot be written.`, {
    cause: message,
    remedy: ['Name a file in a directory that is there, and has room for a second database.'],
  })
