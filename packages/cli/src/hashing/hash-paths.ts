/** Hashes files and directories named on the command line. */
import { lstatSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type BytePath,
  type Digests,
  fromBuffer,
  fromString,
  type HashedFile,
  type PathFields,
  pathFields,
  RoarError,
  toFsPath,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { typedPath, withoutEscapes } from '../words/typed-path.ts'
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
  if (names.includes('')) throw emptyName()
  const named = names.map((name) => nameAt(directory, name))
  const hashes = await services.get('hashes')
  const plain = named.filter(({ path }) => !isComposite(path))
  const hashed = await hashes.hash(
    plain.map(({ path }) => path),
    { algorithms },
  )
  const answers = new Map(hashed.map((file, i) => [plain[i], file]))
  const all: HashedPath[] = []
  for (const one of named) {
    const file = answers.get(one)
    all.push(file ? described(one.name, file) : await whole(services, one, algorithms))
  }
  return { schema: 'roar.hash/1', files: all }
}

/** It would be resolved to the directory that we are in. */
const emptyName = (): RoarError =>
  new RoarError('ROAR_USAGE', 'The name of a file is empty.', {
    exitCode: 2,
    cause: 'A variable without a value, perhaps.',
  })

interface Named {
  /** As it was typed, in bytes. */
  readonly name: BytePath
  readonly path: BytePath
}

function nameAt(directory: string, typed: string): Named {
  const path = typedPath(directory, typed)
  const isPlain = path === fromString(resolve(directory, typed))
  return { name: isPlain ? fromString(typed) : withoutEscapes(typed), path: targetOf(path) }
}

/** A link's target is what programs read, and what is recorded. One that leads nowhere stays, and is told by whoever reads it. */
function targetOf(path: BytePath): BytePath {
  try {
    if (!lstatSync(toFsPath(path)).isSymbolicLink()) return path
    return fromBuffer(realpathSync.native(toFsPath(path), 'buffer'))
  } catch {
    return path
  }
}

/** A directory, or the name of a set of files, which has a star. */
function isComposite(path: BytePath): boolean {
  const found = lstatSync(toFsPath(path), { throwIfNoEntry: false })
  return found === undefined ? path.includes('*') : found.isDirectory()
}

const described = (name: BytePath, file: HashedFile): HashedPath => ({
  ...pathFields(name),
  size: file.stamp === null ? null : Number(file.stamp.size),
  digests: file.digests ?? {},
  error: file.error,
})

async function whole(services: Services, { name, path }: Named, algorithms: readonly string[]): Promise<HashedPath> {
  const { compositeNamed } = await import('./find-composite.ts')
  const { hashComposite } = await import('./hash-composite.ts')
  const named = await compositeNamed(services, path)
  const sha256 = algorithms.includes('sha256')
  const done = named && (await hashComposite(services, named.found, named.classifier, { sha256 }))
  if (!done || done.members === 0)
    return { ...pathFields(name), size: null, digests: {}, error: named ? 'EMPTY' : 'ENOENT' }
  return {
    ...pathFields(name),
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
  await requireAlgorithms(await services.get('plugins'), wanted)
  return [...new Set(wanted)]
}

async function primary(services: Services): Promise<string> {
  const config = await services.get('config')
  return config.get('hash.primary')
}
