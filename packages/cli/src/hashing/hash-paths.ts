/** Hashes files and directories named on the command line. */
import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Digests, fromString, type HashedFile, type PathFields, pathFields } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { requireAlgorithms } from './known-algorithms.ts'

export interface HashDocument {
  readonly schema: 'roar.hash/1'
  readonly files: readonly HashedPath[]
}

export type HashedPath = PathFields & {
  readonly size: number | null
  readonly digests: Digests
  readonly error: string | null
  /** Of a directory, as one artifact. */
  readonly kind?: 'composite'
  readonly format?: string
  readonly members?: number
  readonly incomplete?: string | null
}

export async function hashPaths(
  services: Services,
  names: readonly string[],
  wanted: readonly string[],
): Promise<HashDocument> {
  const algorithms = wanted.length > 0 ? await known(services, wanted) : [await primary(services)]
  const directory = services.get('directory')
  const isOne = names.map((name) => isComposite(resolve(directory, name)))
  const plain = names.filter((_, i) => !isOne[i])
  const hashes = await services.get('hashes')
  const hashed = await hashes.hash(
    plain.map((name) => fromString(resolve(directory, name))),
    { algorithms },
  )
  const files = hashed.map((file, index) => described(plain[index] as string, file))[Symbol.iterator]()
  const all: HashedPath[] = []
  for (const [i, name] of names.entries())
    all.push(isOne[i] ? await whole(services, name, algorithms) : (files.next().value as HashedPath))
  return { schema: 'roar.hash/1', files: all }
}

/** A directory, or the name of a set of files, which has a star. */
function isComposite(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found === undefined ? path.includes('*') : found.isDirectory()
}

const described = (name: string, file: HashedFile): HashedPath => ({
  ...pathFields(fromString(name)),
  size: file.stamp === null ? null : Number(file.stamp.size),
  digests: file.digests ?? {},
  error: file.error,
})

async function whole(services: Services, name: string, algorithms: readonly string[]): Promise<HashedPath> {
  const { compositeNamed, hashComposite } = await import('./hash-composite.ts')
  const named = await compositeNamed(services, resolve(services.get('directory'), name))
  const sha256 = algorithms.includes('sha256')
  const done = named && (await hashComposite(services, named.found, named.classifier, { sha256 }))
  if (!done || done.members === 0)
    return { ...pathFields(fromString(name)), size: null, digests: {}, error: named ? 'EMPTY' : 'ENOENT' }
  return {
    ...pathFields(fromString(name)),
    size: done.size,
    digests: done.digests ?? {},
    error: done.digests ? null : (done.failure?.reason ?? 'unreadable').toUpperCase(),
    kind: 'composite',
    format: done.found.format,
    members: done.members,
    incomplete: done.incomplete,
  }
}

async function known(services: Services, wanted: readonly string[]): Promise<readonly string[]> {
  requireAlgorithms(await services.get('plugins'), wanted)
  return [...new Set(wanted)]
}

async function primary(services: Services): Promise<string> {
  const config = await services.get('config')
  return config.get('hash.primary')
}
