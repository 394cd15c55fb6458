/** What all sets of services have in common: whatever one has opened is closed with it, the last first, and so are its siblings of other directories. */
import type { Closable, Room } from './reading-providers.ts'
import type { Services, Start } from './services.ts'

/** `getter`: what finds or makes a service of this room. */
export function makeServices(start: Start, getter: (room: Room) => Services['get']): Services {
  const opened: Closable[] = []
  const services: Services = {
    get: (name) => get(name),
    at: (directory) => {
      const other = makeServices({ ...start, directory }, getter)
      opened.push(other)
      return other
    },
    close: async () => {
      for (const one of opened.splice(0).reverse()) await one.close()
    },
  }
  const get = getter({ start, services, closeLater: (one) => opened.push(one) })
  return services
}
