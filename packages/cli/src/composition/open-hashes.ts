/** Makes the service that hashes files. A file of its own: the reading commands load it only where bytes must be read. */
import type { HashService } from '@roar/core'
import { createHashService, userPlaces } from '@roar/host'
import type { Room } from './reading-providers.ts'

export async function openHashes({ start, services, closeLater }: Room): Promise<HashService> {
  const plugins = await services.get('plugins')
  const service = createHashService({
    algorithm: (name) => plugins.load('hashes', name),
    source: (name) => plugins.source('hashes', name),
    cache: async () => (await import('@roar/store-sql')).openDigestCache(userPlaces(start.env).digestCache),
  })
  closeLater(service)
  return service
}
