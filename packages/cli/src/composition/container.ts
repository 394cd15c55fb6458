/** The container: one child of tsyringe's root a process, filled from the table of providers. The only file that knows tsyringe. */
import 'reflect-metadata/lite'
import { container, type DependencyContainer, instanceCachingFactory } from 'tsyringe'
import { makeServices } from './make-services.ts'
import { providers } from './providers.ts'
import type { Room } from './reading-providers.ts'
import type { Registrations, Services, Start } from './services.ts'

export const createServices = (start: Start): Services => makeServices(start, inContainer)

function inContainer(room: Room): Services['get'] {
  const child = container.createChildContainer()
  for (const name of Object.keys(providers) as (keyof Registrations)[])
    register(child, name, () => providers[name](room))
  return (name) => child.resolve(token(name))
}

function register(child: DependencyContainer, name: keyof Registrations, make: () => unknown): void {
  child.register(token(name), { useFactory: instanceCachingFactory(make) })
}

const token = (name: keyof Registrations): string => `roar.${name}`
