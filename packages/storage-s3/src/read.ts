/** The bytes of one version of an object, or of a range of it. */
import type { Readable } from 'node:stream'
import type { ByteRange, StorageOptions, StoredObject } from '@roar/core'
import type { Connection } from './client.ts'
import { refusal } from './refusals.ts'
import { placeOf } from './s3-url.ts'

export async function* readObject(
  { client }: Connection,
  object: StoredObject,
  { start, end }: ByteRange,
  { signal }: StorageOptions = {},
): AsyncGenerator<Uint8Array> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3')
  const whole = start === 0 && (end === null || end === object.size)
  const command = new GetObjectCommand({
    ...placeOf(object.url),
    ...(object.versionId !== null && { VersionId: object.versionId }),
    ...(object.etag !== null && { IfMatch: `"${object.etag}"` }),
    // Of nothing there is no range.
    ...(!whole && { Range: `bytes=${start}-${end === null ? '' : end - 1}` }),
  })
  try {
    const { Body } = await client.send(command, { ...(signal && { abortSignal: signal }) })
    for await (const chunk of Body as Readable) yield chunk as Uint8Array
  } catch (error) {
    // Of a stream that is given up the library says that the connection broke, as if another attempt could help.
    signal?.throwIfAborted()
    throw refusal(object.url, error)
  }
}
