/** Who makes what: one factory a service. Everything heavy is imported by the factory that needs it. */
import type { CompositePort } from '@roar/core'
import { openStore, type Providers, type Room, readingProviders } from './reading-providers.ts'
import type { Registrations } from './services.ts'

export const providers: Providers<keyof Registrations> = {
  ...readingProviders,
  files: async ({ services, start }) => {
    const { createFilePort, placesOf } = await import('@roar/host')
    return createFilePort(placesOf(await services.get('workspace'), start.env))
  },
  environment: async ({ services, start }) => {
    const { createEnvironmentPort, userPlaces } = await import('@roar/host')
    const [config, { commitmentKey }] = await Promise.all([services.get('config'), services.get('workspace')])
    return createEnvironmentPort(config, { commitmentKey, cache: userPlaces(start.env).cache })
  },
  composites: (room) => openComposites(room),
  storeWriter: (room) => openWriter(room),
}

async function openComposites({ start, services }: Room): Promise<CompositePort | null> {
  const { createCompositePort, userPlaces } = await import('@roar/host')
  const plugins = await services.get('plugins')
  const cache = userPlaces(start.env).compositeCache
  return createCompositePort({ algorithm: (name) => plugins.load('hashes', name), cache })
}

async function openWriter(room: Room) {
  const store = await openStore(room, 'write')
  const [{ redactingStore, redactionOf }, config] = await Promise.all([
    import('@roar/host'),
    room.services.get('config'),
  ])
  return redactingStore(store, redactionOf(config, room.start.env))
}
