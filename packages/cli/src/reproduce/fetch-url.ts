/** Fetches an object of whatever store its URL's scheme names. The caller proves its digest. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RoarError } from '@roar/core'
import type { PluginHost } from '@roar/host'

/** Null where no active plugin knows the scheme. */
export function fetchUrl(plugins: PluginHost, url: string, to: string): Promise<void> | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase()
  const known = scheme !== undefined && plugins.contributions('storages').some((one) => one.name === scheme)
  return known ? fetchObject(plugins, scheme, url, to) : null
}

async function fetchObject(plugins: PluginHost, scheme: string, url: string, to: string): Promise<void> {
  const storage = await plugins.load('storages', scheme)
  const object = await storage.stat(url)
  if (object === null) throw new RoarError('ROAR_REPRODUCE_INPUT_MISSING', 'there is no such object any more')
  await pipeline(Readable.from(storage.read(object, { start: 0, end: null })), createWriteStream(to, { mode: 0o600 }))
}
