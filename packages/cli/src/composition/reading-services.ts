/** The services of the commands that read, each made once. The container's own code is not loaded for these few. */
import { type Closable, type Reading, type Room, readingProviders } from './reading-providers.ts'
import type { Registrations, Services, Start } from './services.ts'

export function createReadingServices(start: Start): Services {
  const made = new Map<keyof Registrations, unknown>()
  const opened: Closable[] = []
  const services: Services = {
    get: <K extends keyof Registrations>(name: K): Registrations[K] => {
      if (!made.has(name)) made.set(name, readingProviders[name as Reading](room))
      return made.get(name) as Registrations[K]
    },
    at: (directory) => {
      const other = createReadingServices({ ...start, directory })
      opened.push(other)
      return other
    },
    close: async () => {
      for (const one of opened.splice(0).reverse()) await one.close()
    },
  }
  const room: Room = { start, services, closeLater: (one) => opened.push(one) }
  return services
}
