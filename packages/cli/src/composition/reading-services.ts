/** The services of the commands that read, each made once. The container's own code is not loaded for these few. */
import { makeServices } from './make-services.ts'
import { type Reading, type Room, readingProviders } from './reading-providers.ts'
import type { Registrations, Services, Start } from './services.ts'

export const createReadingServices = (start: Start): Services => makeServices(start, kept)

function kept(room: Room): Services['get'] {
  const made = new Map<keyof Registrations, unknown>()
  return <K extends keyof Registrations>(name: K): Registrations[K] => {
    if (!made.has(name)) made.set(name, readingProviders[name as Reading](room))
    return made.get(name) as Registrations[K]
  }
}
