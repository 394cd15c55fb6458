/** The registry that this workspace, this user or an option names, with our credentials for it. Nothing is asked of the network yet. */
import { type Registry, type RegistryCredentials, RoarError } from '@roar/core'
import { type Config, userPlaces, type Workspace } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { terminalOf, writeAll } from '../output/terminal.ts'
import { Logins } from './auth-file.ts'
import { credentials } from './credentials.ts'

export interface Connection {
  readonly registry: Registry
  readonly url: string
  readonly logins: Logins
  readonly config: Config
  /** Logging in works anywhere. */
  readonly workspace: Workspace | null
  /** As somebody whose credentials are not kept (yet). */
  connectAs(credentials: RegistryCredentials): Registry
}

export async function connectRegistry(services: Services, address: string | null = null): Promise<Connection> {
  const env = services.get('env')
  const workspace = services.get('workspaceHere')
  const config = await services.get('config')
  const url = registryUrl(config, address)
  const driver = await (await services.get('plugins')).load('registries', 'glaas')
  const logins = new Logins(userPlaces(env).authFile, env)
  const onRetry = sayOnce(url)
  const plain = driver.connect({ url, onRetry })
  const registry = driver.connect({
    url,
    onRetry,
    credentials: () => credentials({ registry: url, logins, env, plain }),
  })
  const connectAs = (own: RegistryCredentials) => driver.connect({ url, credentials: async () => own })
  return { registry, url, logins, config, workspace, connectAs }
}

/** Somebody who waits at a terminal is told what for. */
function sayOnce(url: string): (why: string) => void {
  let said = false
  return (why) => {
    if (said || !terminalOf(2).tty) return
    said = true
    writeAll(2, `${visible(url)} does not answer (${visible(why)}); trying again …\n`)
  }
}

/** One registry has one name, by which its login is found again. */
export function registryUrl(config: Config, address: string | null): string {
  const url = address ?? config.get('registry.url')
  if (url === '') throw none()
  if (!/^https?:\/\/[^\s/]+/.test(url)) {
    throw new RoarError('ROAR_USAGE', `'${url}' is not the address of a registry.`, {
      exitCode: 2,
      remedy: ['It begins with http:// or https://'],
    })
  }
  const { origin, pathname } = new URL(url)
  return origin + pathname.replace(/\/+$/, '')
}

const none = (): RoarError =>
  new RoarError('ROAR_REGISTRY_NONE', 'No registry is set.', {
    remedy: ['roar config set registry.url URL', 'roar registry serve starts one on this machine'],
  })
