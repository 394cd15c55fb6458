/** The storage of `s3://` URLs. The library is loaded, and credentials looked for, at the first request. */
import type { Storage } from '@roar/core'
import { type Connection, connect } from './client.ts'
import { listObjects } from './list.ts'
import { partSize, putObject } from './put.ts'
import { readObject } from './read.ts'
import { placeOf, versionOf } from './s3-url.ts'
import { statObject } from './stat.ts'

export function createStorage(): Storage {
  let made: Promise<Connection> | null = null
  const connection = (): Promise<Connection> => {
    made ??= connect(process.env)
    return made
  }
  return {
    name: 's3',
    async stat(url, options) {
      const found = await statObject(await connection(), placeOf(url), options)
      const version = found === null ? versionOf(url) : null
      return version === null ? found : statObject(await connection(), version, options)
    },
    async *read(object, range, options) {
      yield* readObject(await connection(), object, range, options)
    },
    async *list(prefix, options) {
      yield* listObjects(await connection(), placeOf(prefix), options)
    },
    partSize,
    put: async (url, source, options) => putObject(await connection(), placeOf(url), source, options),
  }
}
