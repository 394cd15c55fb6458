/** The container: one child of tsyringe's root a process, filled from the table of providers. The only file that knows tsyringe. */
import 'reflect-metadata/lite'
import { container, type DependencyContainer, instanceCachingFactory } from 'tsyringe'
import { providers } from './providers.ts'
import type { Closable } from './reading-providers.ts'
import type { Registrations, Services, Start } from './services.ts'

export function createServices(start: Start): Services {
  const child = container.createChildContainer()
  const opened: Closable[] = []
  const services: Services = {
    get: (name) => child.resolve(token(name)),
    at: (directory) => {
      const other = createServices({ ...start, directory })
      opened.push(other)
      return other
    },
    close: async () => {
      for (const one of opened.splice(0).reverse()) await one.close()
    },
  }
  const room = { start, services, closeLater: (one: Closable) => opened.push(one) }
  for (const name of Object.keys(providers) as (keyof Registrations)[])
    register(child, name, () => providers[name](room))
  return services
}

function register(child: DependencyContainer, name: keyof Registrations, make: () => unknown): void {
  child.register(token(name), { useFactory: instanceCachingFactory(make) })
}

const token = (name: keyof Registrations): string => `roar.${name}`
