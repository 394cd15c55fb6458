/**
 * Who makes what: one factory a service. Plugins are imported by the factory that needs them; the host is not, since what a bundle imports by import() is
 * in it whole, each module behind a function.
 */
import type { CompositePort } from '@roar/core'
import {
  createCompositePort,
  createEnvironmentPort,
  createFilePort,
  createGitPort,
  factSource,
  placesOf,
  readStreams,
  redactingStore,
  redactionOf,
  shellOutputs,
  userPlaces,
} from '@roar/host'
import { isLaunched } from '../launch/index.ts'
import { openHashes } from './open-hashes.ts'
import { placeHere } from './place-here.ts'
import { askedOfGit, openStore, type Providers, type Room, readingProviders } from './reading-providers.ts'
import type { Registrations } from './services.ts'

export const providers: Providers<keyof Registrations> = {
  ...readingProviders,
  files: async ({ services, start }) => createFilePort(placesOf(placeHere(services), start.env)),
  environment: async ({ services, start }) => {
    const [config, { commitmentKey }] = await Promise.all([services.get('config'), services.get('workspace')])
    const cache = userPlaces(start.env).cache
    return createEnvironmentPort(config, { commitmentKey, cache, streams: services.get('streams').facts })
  },
  streams: ({ start }) => {
    // A launcher has kept what the shell gave it until the command starts; its recorder has other streams.
    const launched = start.env.ROAR_LAUNCHER_FD !== undefined || isLaunched()
    return readStreams(factSource(start.env), launched ? process.ppid : 'self', start.directory)
  },
  git: async ({ services, start }) =>
    createGitPort(start.env, askedOfGit(start), shellOutputs(services.get('streams').facts, start.directory)),
  hashes: (room) => openHashes(room),
  composites: (room) => openComposites(room),
  storeWriter: (room) => openWriter(room),
}

async function openComposites({ start, services }: Room): Promise<CompositePort | null> {
  const plugins = await services.get('plugins')
  const cache = userPlaces(start.env).compositeCache
  return createCompositePort({ algorithm: (name) => plugins.load('hashes', name), cache })
}

async function openWriter(room: Room) {
  const store = await openStore(room, 'write')
  return redactingStore(store, redactionOf(await room.services.get('config'), room.start.env))
}
