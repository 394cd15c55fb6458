/** What a reproduction needs of roar itself, in a workspace or without one: a digest may be looked up anywhere. */
import type { EnvironmentRecord, HashService } from '@roar/core'
import { type Config, createEnvironmentPort, createHashService, type PluginHost } from '@roar/host'
import type { Services } from '../composition/services.ts'

export interface Surroundings {
  /** Absolute; null outside of a workspace. */
  readonly root: string | null
  readonly config: Config
  readonly plugins: PluginHost
  readonly hashes: HashService
  readonly machine: EnvironmentRecord
}

export async function surroundings(services: Services): Promise<Surroundings> {
  const env = services.get('env')
  const [config, plugins] = await Promise.all([services.get('config'), services.get('plugins')])
  const workspace = services.get('workspaceHere')
  if (workspace !== null) {
    const [hashes, port] = await Promise.all([services.get('hashes'), services.get('environment')])
    return { root: workspace.root, config, plugins, hashes, machine: await port.describe(env) }
  }
  const algorithm = (name: string) => plugins.load('hashes', name)
  const machine = await createEnvironmentPort(config).describe(env)
  return { root: null, config, plugins, hashes: createHashService({ algorithm, cache: null }), machine }
}
