/** Hashes files named on the command line. */
import { resolve } from 'node:path'
import { type Digests, fromString, type HashedFile, nearest, type PathFields, pathFields, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'

export interface HashDocument {
  readonly schema: 'roar.hash/1'
  readonly files: readonly (PathFields & {
    readonly size: number | null
    readonly digests: Digests
    readonly error: string | null
  })[]
}

export async function hashPaths(
  services: Services,
  names: readonly string[],
  wanted: readonly string[],
): Promise<HashDocument> {
  const algorithms = wanted.length > 0 ? await known(services, wanted) : [await primary(services)]
  const hashes = await services.get('hashes')
  const directory = services.get('directory')
  const files = await hashes.hash(
    names.map((name) => fromString(resolve(directory, name))),
    { algorithms },
  )
  return { schema: 'roar.hash/1', files: files.map((file, index) => described(names[index] as string, file)) }
}

const described = (name: string, file: HashedFile) => ({
  ...pathFields(fromString(name)),
  size: file.stamp === null ? null : Number(file.stamp.size),
  digests: file.digests ?? {},
  error: file.error,
})

async function known(services: Services, wanted: readonly string[]): Promise<readonly string[]> {
  const plugins = await services.get('plugins')
  for (const name of wanted) {
    if (plugins.has('hashes', name) && !name.endsWith('*')) continue
    const names = plugins.contributions('hashes').map((one) => one.name)
    const [near] = nearest(name, names)
    throw new RoarError('ROAR_HASH_UNKNOWN', `There is no hash algorithm '${visible(name)}' here.`, {
      exitCode: 2,
      remedy: [...(near ? [`Did you mean: ${near}`] : []), `Active: ${names.join(', ')}`],
    })
  }
  return [...new Set(wanted)]
}

async function primary(services: Services): Promise<string> {
  const config = await services.get('config')
  return config.get('hash.primary')
}
