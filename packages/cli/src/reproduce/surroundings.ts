/** What a reproduction needs of roar itself, in a workspace or without one: a digest may be looked up anywhere. */
import type { EnvironmentRecord, HashService } from '@roar/core'
import {
  type Config,
  createEnvironmentPort,
  createHashService,
  findWorkspace,
  loadConfig,
  PluginHost,
} from '@roar/host'
import { builtinPlugins } from '../composition/builtin-plugins.ts'
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
  const workspace = findWorkspace(services.get('directory'))
  if (workspace !== null) {
    const [config, plugins, hashes, port] = await Promise.all([
      services.get('config'),
      services.get('plugins'),
      services.get('hashes'),
      services.get('environment'),
    ])
    return { root: workspace.root, config, plugins, hashes, machine: await port.describe(env) }
  }
  const config = await loadConfig({ workspace, env })
  const plugins = await PluginHost.create({ builtins: builtinPlugins, workspace, config })
  const algorithm = (name: string) => plugins.load('hashes', name)
  const machine = await createEnvironmentPort(config).describe(env)
  return { root: null, config, plugins, hashes: createHashService({ algorithm, cache: null }), machine }
}
