/** Serves a registry until it is told to stop. */
import type { AddressInfo } from 'node:net'
import { RoarError } from '@roar/core'
import type { FastifyServerOptions } from 'fastify'
import { buildServer, type ServerOptions } from './http/server.ts'
import { unfinishedOf } from './http/unfinished.ts'
import { openRegistry, type RegistryOptions } from './open-registry.ts'
import { fillMembers } from './write/fill-members.ts'
import { fillNames } from './write/fill-names.ts'
import { fillWords } from './write/fill-words.ts'
import { sweep } from './write/registrations.ts'

export interface ServeOptions extends RegistryOptions, Omit<ServerOptions, 'logger'> {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly log?: { readonly level: string } | null
}

export interface RunningRegistry {
  /** Where it answers. */
  readonly url: string
  /** Answers what has begun, cuts off what does not arrive within ten seconds, takes nothing new, closes the database. */
  close(): Promise<void>
}

const sweepEvery = 10 * 60_000
/** What has begun to arrive when the server is told to stop has so long to come. Milliseconds. */
const lastArrival = 10_000
/** What lies sent in a connection that was just taken is read first: it is answered, be it that the server closes. */
const firstArrival = 1000

export async function serve(options: ServeOptions): Promise<RunningRegistry> {
  const port = options.port === 0 && options.publicUrl === undefined ? await freePort(options.host) : options.port
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`
  const registry = await openRegistry({ ...options, publicUrl: options.publicUrl ?? url })
  try {
    const app = await buildServer(registry, { ...options, logger: loggerOf(options.log ?? null) })
    await app.listen({ host: options.host, port }).catch((error: Error) => {
      throw notListening(url, error)
    })
    const unfinished = unfinishedOf(app.server)
    const timer = setInterval(
      () => void sweep(registry).catch((error) => app.log.error({ err: error }, 'sweep')),
      sweepEvery,
    )
    timer.unref()
    const stop = new AbortController()
    const filling = Promise.all([
      fillMembers(registry, stop.signal).catch((error) => app.log.error({ err: error }, 'members')),
      fillNames(registry, stop.signal).catch((error) => app.log.error({ err: error }, 'names')),
      fillWords(registry, stop.signal).catch((error) => app.log.error({ err: error }, 'words')),
    ])
    return {
      url: options.port === port ? `http://${hostOf(app.server.address() as AddressInfo)}` : url,
      close: async () => {
        clearInterval(timer)
        stop.abort()
        await filling
        const late = setTimeout(unfinished.endAll, lastArrival)
        const soon = setTimeout(unfinished.endSilent, firstArrival)
        await app.close()
        clearTimeout(soon)
        clearTimeout(late)
        await registry.close()
      },
    }
  } catch (error) {
    await registry.close()
    throw error
  }
}

const notListening = (url: string, { message }: Error): RoarError =>
  new RoarError('ROAR_REGISTRY_LISTEN', `The registry cannot listen at ${url}.`, {
    cause: message,
    remedy: ['--listen HOST:PORT takes another place; :0 takes a free port', 'ss -ltnp says who listens where'],
  })

const hostOf = ({ address, port, family }: AddressInfo): string =>
  `${family === 'IPv6' ? `[${address}]` : address}:${port}`

/** To standard error: standard output says where it listens, and nothing else. */
function loggerOf(log: { readonly level: string } | null): FastifyServerOptions['logger'] {
  if (log === null) return false
  // Not by its name: where standard error is a socket, as under many supervisors, /dev/stderr cannot be opened.
  return { level: log.level, stream: process.stderr, redact: ['req.headers.authorization', 'req.headers.cookie'] }
}

/** Links in answers hold the port, so it is known before anything answers. */
async function freePort(host: string): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done)).catch((error: Error) => {
    throw notListening(`http://${host}`, error)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
