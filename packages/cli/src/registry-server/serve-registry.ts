/** Serves until a signal, then ends what has begun: a second signal does not wait for it. */
import { readFileSync } from 'node:fs'
import { RoarError } from '@roar/core'
import type { ServeOptions } from '@roar/registry'
import { loadServer } from './load-server.ts'

const signals = ['SIGTERM', 'SIGINT'] as const

export async function serveRegistry(options: ServeOptions, listening: (url: string) => void): Promise<void> {
  const { serve } = await loadServer()
  const stopped = new Promise<void>((done) => {
    for (const signal of signals) process.once(signal, () => done())
  })
  const running = await serve(options)
  listening(running.url)
  await stopped
  for (const signal of signals) process.once(signal, () => process.exit(130))
  await running.close()
}

/** A file of `[{ "name", "issuer"?, "clientId", "clientSecret" }]`. */
export function readProviders(path: string | undefined): ServeOptions['providers'] & object {
  if (path === undefined) return []
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (Array.isArray(list) && list.every(isProvider)) return list
  } catch (error) {
    throw unreadable(path, String(error))
  }
  throw unreadable(path, 'It is not a list of { name, issuer, clientId, clientSecret }.')
}

const isProvider = (one: unknown): boolean => {
  const { name, clientId, clientSecret } = (one ?? {}) as Record<string, unknown>
  return (
    [name, clientId, clientSecret].every((value) => typeof value === 'string') && /^[a-z0-9-]{1,32}$/.test(String(name))
  )
}

const unreadable = (path: string, cause: string): RoarError =>
  new RoarError('ROAR_USAGE', `The login providers in ${path} cannot be used.`, { cause, exitCode: 2 })
