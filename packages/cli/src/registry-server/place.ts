/** Where a registry keeps its things, from options and the environment. */
import { join, resolve } from 'node:path'
import { homeOf } from '@roar/host'

type Env = Readonly<Record<string, string | undefined>>

export interface RegistryPlace {
  readonly data: string
  readonly databaseUrl: string | undefined
  readonly serverKey: string | undefined
}

/** A password in a URL does not belong on a command line, where everybody on the machine can read it: hence the variables. */
export function registryPlace(
  options: { data: string | undefined; database: string | undefined; directory: string | undefined },
  env: Env,
): RegistryPlace {
  const base = env.XDG_DATA_HOME || join(homeOf(env), '.local/share')
  const data = options.data ?? env.ROAR_REGISTRY_DATA ?? join(base, 'roar/registry')
  return {
    data: resolve(options.directory ?? '.', data),
    databaseUrl: options.database ?? env.ROAR_REGISTRY_DATABASE,
    serverKey: env.ROAR_REGISTRY_KEY,
  }
}
