/** Opens the store for reading and resolves a REF in it. */
import { lstatSync } from 'node:fs'
import { type LineageStore, toFsPath } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { recordedAlgorithms } from '../hashing/known-algorithms.ts'
import { isThere } from '../words/typed-path.ts'
import type { Reference } from './reference.ts'
import { resolveReference } from './resolve.ts'
import type { ReferenceRoom } from './room.ts'

export interface LookedUp {
  readonly store: LineageStore
  readonly reference: Reference
}

export async function lookUp(services: Services, text: string): Promise<LookedUp> {
  const store = await services.get('storeReader')
  const { root } = await services.get('workspace')
  const room = { store, root, directory: services.get('directory'), digestsOf: digestsOf(services) }
  return { store, reference: await resolveReference(room, text) }
}

const digestsOf =
  (services: Services): ReferenceRoom['digestsOf'] =>
  async (path) => {
    if (!isThere(path) || !lstatSync(toFsPath(path)).isFile()) return null
    const algorithms = recordedAlgorithms(await services.get('config'))
    const [file] = await (await services.get('hashes')).hash([path], { algorithms })
    return file?.digests ?? null
  }
