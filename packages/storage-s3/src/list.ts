/** The objects below a prefix, in the order of their keys. */
import type { StorageOptions, StoredObject } from '@roar/core'
import type { Connection } from './client.ts'
import { refusal } from './refusals.ts'
import { type Place, urlOf } from './s3-url.ts'
import { statObject } from './stat.ts'

export async function* listObjects(
  connection: Connection,
  { Bucket, Key }: Place,
  options: StorageOptions = {},
): AsyncGenerator<StoredObject> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3')
  try {
    for await (const page of paginateListObjectsV2({ client: connection.client }, { Bucket, Prefix: Key }))
      for (const { Key: key } of page.Contents ?? []) {
        // What consoles make to show a folder: no content.
        if (key === undefined || key.endsWith('/')) continue
        const object = await statObject(connection, { Bucket, Key: key }, options)
        if (object) yield object
      }
  } catch (error) {
    throw refusal(urlOf({ Bucket, Key }), error)
  }
}
