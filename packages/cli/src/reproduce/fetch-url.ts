/** Fetches an object of whatever store its URL's scheme names. The caller proves its digest. */
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RoarError, type Storage, type StoredObject } from '@roar/core'
import { objectPieces, type PieceOptions, type PluginHost } from '@roar/host'
import { visible } from '../output/escape.ts'

/** Null where no active plugin knows the scheme. */
export const fetchUrl = (plugins: PluginHost, url: string, to: string, options: PieceOptions): Promise<void> | null =>
  from(plugins, url, (storage) => fetchObject(storage, url, to, options))

/** Everything below a URL, into a directory. Null where no active plugin knows the scheme. */
export const fetchFolder = (
  plugins: PluginHost,
  url: string,
  to: string,
  options: PieceOptions,
): Promise<void> | null => from(plugins, url, (storage, scheme) => fetchBelow(storage, scheme, url, to, options))

function from(
  plugins: PluginHost,
  url: string,
  fetch: (storage: Storage, scheme: string) => Promise<void>,
): Promise<void> | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined || !plugins.contributions('storages').some((one) => one.name === scheme)) return null
  return plugins.load('storages', scheme).then((storage) => fetch(storage, scheme))
}

async function fetchObject(storage: Storage, url: string, to: string, options: PieceOptions): Promise<void> {
  const object = await storage.stat(url)
  if (object === null) throw new RoarError('ROAR_REPRODUCE_INPUT_MISSING', 'there is no such object any more')
  await store(storage, object, to, options)
}

async function fetchBelow(
  storage: Storage,
  scheme: string,
  url: string,
  to: string,
  options: PieceOptions,
): Promise<void> {
  const prefix = url.endsWith('/') ? url : `${url}/`
  if (!storage.list)
    throw new RoarError('ROAR_REPRODUCE_INPUT_MISSING', `what lies below ${scheme}:// cannot be listed`)
  for await (const object of storage.list(prefix)) {
    const file = join(to, object.url.slice(prefix.length))
    // A key may be `../../x`: nothing is written outside of the place that was named.
    if (relative(to, file).split(sep)[0] === '..')
      throw new RoarError('ROAR_STORAGE_URL', `${visible(object.url)} would lie outside of the destination`)
    mkdirSync(dirname(file), { recursive: true })
    await store(storage, object, file, options)
  }
}

const store = (storage: Storage, object: StoredObject, to: string, options: PieceOptions): Promise<void> =>
  pipeline(Readable.from(objectPieces(storage, object, 0, options)), createWriteStream(to, { mode: 0o600 }))
