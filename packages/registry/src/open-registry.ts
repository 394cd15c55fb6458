/** Opens a registry: its database, the key outside it, its settings. What a server serves, and what the commands of an administrator work on. */
import { RoarError } from '@roar/core'
import { openDatabase } from './database/open.ts'
import { checkServerKey, loadServerKey } from './realm/server-key.ts'
import { defaultLimits, type Limits, type LoginProvider, type Registry } from './registry.ts'

export interface RegistryOptions {
  /** A directory of one's own; made when it is missing. */
  readonly data: string
  readonly databaseUrl?: string | undefined
  readonly publicUrl?: string | undefined
  /** Base64 of 32 bytes; from `server.key` in the directory otherwise. */
  readonly serverKey?: string | undefined
  readonly signup?: boolean
  readonly providers?: readonly LoginProvider[]
  readonly limits?: Partial<Limits>
  readonly version?: string
  readonly now?: () => number
}

export interface OpenRegistry extends Registry {
  close(): Promise<void>
}

export async function openRegistry(options: RegistryOptions): Promise<OpenRegistry> {
  const serverKey = loadServerKey(options.data, options.serverKey)
  const database = await openDatabase({ data: options.data, url: options.databaseUrl })
  try {
    await checkServerKey(database, serverKey)
  } catch (error) {
    await database.close()
    throw error
  }
  return {
    database,
    serverKey,
    settings: {
      publicUrl: checkedUrl(options.publicUrl ?? 'http://127.0.0.1'),
      signup: options.signup ?? false,
      providers: options.providers ?? [],
      limits: { ...defaultLimits, ...options.limits },
      version: options.version ?? '0.0.0',
    },
    now: options.now ?? Date.now,
    close: () => database.close(),
  }
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '')
  throw new RoarError('ROAR_USAGE', `'${url}' is no URL at which a registry could be found.`, { exitCode: 2 })
}
