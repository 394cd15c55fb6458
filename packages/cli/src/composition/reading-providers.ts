/** Who makes what the reading commands need. These are in their bundle, so they are imported at once; what only other commands need is in providers.ts. */
import type { LineageStore } from '@roar/core'
import { createGitPort, findWorkspace, loadConfig, PluginHost, requireDatabase, requireWorkspace } from '@roar/host'
import { isLaunched, takeGitStatus } from '../launch/index.ts'
import { withFates } from '../status/fates.ts'
import { builtinPlugins } from './builtin-plugins.ts'
import { placeOf } from './place-of.ts'
import type { Registrations, Services, Start } from './services.ts'

export interface Closable {
  close(): unknown
}

export interface Room {
  readonly start: Start
  readonly services: Services
  closeLater(one: Closable): void
}

export type Providers<K extends keyof Registrations> = { readonly [N in K]: (room: Room) => Registrations[N] }

/** What is left is made by providers.ts. */
export type Reading = Exclude<keyof Registrations, 'files' | 'environment' | 'streams' | 'composites' | 'storeWriter'>

export const readingProviders: Providers<Reading> = {
  directory: ({ start }) => placeOf(start.directory),
  env: ({ start }) => start.env,
  workspaceHere: ({ services }) => findWorkspace(services.get('directory')),
  workspace: async ({ services }) => services.get('workspaceHere') ?? requireWorkspace(services.get('directory')),
  // Settings of the user, and what is built in, hold outside of a workspace too.
  config: async ({ services, start }) => loadConfig({ workspace: services.get('workspaceHere'), env: start.env }),
  plugins: async ({ services }) => {
    const config = await services.get('config')
    return PluginHost.create({ builtins: builtinPlugins, workspace: services.get('workspaceHere'), config })
  },
  git: async ({ start }) => createGitPort(start.env, askedOfGit(start)),
  hashes: async (room) => (await import('./open-hashes.ts')).openHashes(room),
  storeReader: async (room) => withFates(await openStore(room, 'read')),
}

/** A launcher asks about the directory that it is started in. */
export const askedOfGit = ({ directory }: Start) => (directory === '.' ? takeGitStatus(process.env) : null)

export async function openStore({ services, closeLater }: Room, mode: 'read' | 'write'): Promise<LineageStore> {
  const [workspace, plugins] = await Promise.all([services.get('workspace'), services.get('plugins')])
  const driver = await plugins.load('stores', 'sqlite')
  requireDatabase(workspace)
  const store = await driver.open(workspace.database, { mode })
  closeLater({ close: () => store.close({ atEnd: isLaunched() }) })
  return store
}
