/** The objects below a prefix, in the order of their keys. */
import type { StorageOptions, StoredObject } from '@roar/core'
import type { Connection } from './client.ts'
import { refusal } from './refusals.ts'
import { type Place, urlOf } from './s3-url.ts'
import { statObject } from './stat.ts'

/** A listing tells neither versions nor checksums nor parts: each object is asked for them, so many at a time. */
const askedAtOnce = 16

export async function* listObjects(
  connection: Connection,
  { Bucket, Key }: Place,
  options: StorageOptions = {},
): AsyncGenerator<StoredObject> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3')
  try {
    for await (const page of paginateListObjectsV2({ client: connection.client }, { Bucket, Prefix: Key })) {
      // What consoles make to show a folder ends so: no content.
      const keys = (page.Contents ?? []).flatMap(({ Key: key }) =>
        key === undefined || key.endsWith('/') ? [] : [key],
      )
      for (let from = 0; from < keys.length; from += askedAtOnce) {
        const some = keys.slice(from, from + askedAtOnce)
        const asked = some.map((key) => statObject(connection, { Bucket, Key: key }, options))
        for (const object of await Promise.all(asked)) if (object) yield object
      }
    }
  } catch (error) {
    throw refusal(urlOf({ Bucket, Key }), error)
  }
}
