/** Which objects a URL names, and where each will lie. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { RoarError, type Storage, type StoredObject } from '@roar/core'
import { fileExists, withoutSecrets } from '@roar/host'
import { visible } from '../output/escape.ts'

export interface PlannedGet {
  readonly object: StoredObject
  /** Absolute. */
  readonly file: string
}

export interface GetPlace {
  readonly directory: string
  /** As typed. */
  readonly destination: string | undefined
  readonly replace: boolean
  readonly signal: AbortSignal
}

export async function planGet(storage: Storage, url: string, place: GetPlace): Promise<readonly PlannedGet[]> {
  const planned =
    url.endsWith('/') && storage.list ? await below(storage, url, place) : [await one(storage, url, place)]
  if (planned.length === 0) throw nothing(url)
  const there = planned.find(({ file }) => existsSync(file))
  if (there && !place.replace) throw fileExists(there.file)
  return planned
}

async function one(storage: Storage, url: string, { directory, destination, signal }: GetPlace): Promise<PlannedGet> {
  const object = await storage.stat(url, { signal })
  if (!object) throw nothing(url)
  const to = resolve(directory, destination ?? '.')
  const inside = destination === undefined || destination.endsWith(sep) || isDirectory(to)
  return { object, file: inside ? join(to, nameIn(url)) : to }
}

/** Where that which lies below a URL goes. */
export const folderOf = (directory: string, url: string, destination: string | undefined): string =>
  resolve(directory, destination ?? basename(url))

async function below(storage: Storage, url: string, place: GetPlace): Promise<readonly PlannedGet[]> {
  const root = folderOf(place.directory, url, place.destination)
  const planned: PlannedGet[] = []
  for await (const object of storage.list?.(url, { signal: place.signal }) ?? []) {
    const file = join(root, object.url.slice(url.length))
    // A key may be `../../x`: nothing is written outside of the place that was named.
    if (relative(root, file).split(sep)[0] === '..') throw outside(object.url)
    planned.push({ object, file })
  }
  refuseClashes(planned)
  return planned
}

/** Keys are no paths: of `a` and `a/b` one would be a file and a directory, and `a//b` and `a/b` are one file. */
function refuseClashes(planned: readonly PlannedGet[]): void {
  const byFile = new Map<string, string>()
  for (const { object, file } of planned) {
    const other = byFile.get(file)
    if (other !== undefined) throw clash(other, object.url, file)
    byFile.set(file, object.url)
  }
  for (const [file, url] of byFile)
    for (let above = dirname(file); above !== dirname(above); above = dirname(above)) {
      const other = byFile.get(above)
      if (other !== undefined) throw clash(other, url, above)
    }
}

const clash = (one: string, other: string, file: string): RoarError =>
  new RoarError('ROAR_STORAGE_URL', `${visible(one)} and ${visible(other)} cannot both lie at '${visible(file)}'.`, {
    remedy: ['Fetch each alone, under a name of your own: roar get URL NAME'],
  })

/** The last part of the path, with %20 and its kin as what they stand for: a file's name is no URL. */
function nameIn(url: string): string {
  const path = /^https?:/i.test(url) ? new URL(url).pathname : url
  const last = path.split('/').at(-1) ?? ''
  const name = /^https?:/i.test(url) ? decoded(last) : last
  if (name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)) return name
  throw new RoarError('ROAR_USAGE', `'${visible(withoutSecrets(url))}' does not tell how the file should be called.`, {
    remedy: ['roar get URL NAME'],
    exitCode: 2,
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const nothing = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_MISSING', `There is nothing at ${visible(withoutSecrets(url))}.`, {
    remedy: ['A prefix ends in /: s3://bucket/folder/'],
  })

const outside = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_URL', `${visible(url)} would lie outside of the destination.`, {
    remedy: ['Fetch it alone, under a name of your own: roar get URL NAME'],
  })
