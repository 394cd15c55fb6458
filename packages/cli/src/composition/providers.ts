/** Who makes what: one factory a service. Everything heavy is imported by the factory that needs it. */
import { resolve } from 'node:path'
import type { CompositePort, HashService, LineageStore } from '@roar/core'
import { isLaunched, takeGitStatus } from '../launch/index.ts'
import { builtinPlugins } from './builtin-plugins.ts'
import type { Registrations, Services, Start } from './services.ts'

export interface Closable {
  close(): unknown
}

export interface Room {
  readonly start: Start
  readonly services: Services
  closeLater(one: Closable): void
}

type Providers = { readonly [K in keyof Registrations]: (room: Room) => Registrations[K] }

export const providers: Providers = {
  directory: ({ start }) => resolve(start.directory),
  env: ({ start }) => start.env,
  workspace: async ({ services }) => {
    const { requireWorkspace } = await import('@roar/host')
    return requireWorkspace(services.get('directory'))
  },
  config: async ({ services, start }) => {
    const { loadConfig } = await import('@roar/host')
    return loadConfig({ workspace: await services.get('workspace'), env: start.env })
  },
  plugins: async ({ services }) => {
    const { PluginHost } = await import('@roar/host')
    const [workspace, config] = await Promise.all([services.get('workspace'), services.get('config')])
    return PluginHost.create({ builtins: builtinPlugins, workspace, config })
  },
  git: async ({ start }) => {
    const { createGitPort } = await import('@roar/host')
    const here = start.directory === '.' ? takeGitStatus(process.env) : null
    return createGitPort(start.env, here)
  },
  files: async ({ services, start }) => {
    const { createFilePort, placesOf } = await import('@roar/host')
    return createFilePort(placesOf(await services.get('workspace'), start.env))
  },
  environment: async ({ services, start }) => {
    const { createEnvironmentPort, userPlaces } = await import('@roar/host')
    const [config, { commitmentKey }] = await Promise.all([services.get('config'), services.get('workspace')])
    return createEnvironmentPort(config, { commitmentKey, cache: userPlaces(start.env).cache })
  },
  hashes: (room) => openHashes(room),
  composites: (room) => openComposites(room),
  storeReader: (room) => openStore(room, 'read'),
  storeWriter: (room) => openStore(room, 'write'),
}

async function openHashes({ start, services, closeLater }: Room): Promise<HashService> {
  const { createHashService, userPlaces } = await import('@roar/host')
  const plugins = await services.get('plugins')
  const service = createHashService({
    algorithm: (name) => plugins.load('hashes', name),
    source: (name) => plugins.source('hashes', name),
    cache: async () => (await import('@roar/store-sql')).openDigestCache(userPlaces(start.env).digestCache),
  })
  closeLater(service)
  return service
}

async function openComposites({ start, services }: Room): Promise<CompositePort | null> {
  const { createCompositePort, userPlaces } = await import('@roar/host')
  const plugins = await services.get('plugins')
  const cache = userPlaces(start.env).compositeCache
  return createCompositePort({ algorithm: (name) => plugins.load('hashes', name), cache })
}

async function openStore({ services, start, closeLater }: Room, mode: 'read' | 'write'): Promise<LineageStore> {
  const [workspace, plugins] = await Promise.all([services.get('workspace'), services.get('plugins')])
  const driver = await plugins.load('stores', 'sqlite')
  const store = await driver.open(workspace.database, { mode })
  closeLater({ close: () => store.close({ atEnd: isLaunched() }) })
  if (mode === 'read') return store
  const [{ redactingStore, redactionOf }, config] = await Promise.all([import('@roar/host'), services.get('config')])
  return redactingStore(store, redactionOf(config, start.env))
}
