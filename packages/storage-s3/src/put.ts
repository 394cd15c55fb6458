/** Sends one object: by one request, or in parts. It appears whole or not at all. */
import { type PutOptions, RoarError, type StoredObject, type UploadSource } from '@roar/core'
import type { Connection } from './client.ts'
import { putInParts } from './put-parts.ts'
import { refusal, statusOf } from './refusals.ts'
import { type Place, urlOf } from './s3-url.ts'
import { statObject } from './stat.ts'
import { abortable, md5Of, unlessThere } from './upload-request.ts'

/** As the command line of AWS and boto3 have it: so the same bytes get the same ETag. */
const usualPart = 8 << 20
const mostParts = 10_000

export function partSize(size: number): number | null {
  if (size < usualPart) return null
  let part = usualPart
  while (Math.ceil(size / part) > mostParts) part *= 2
  return part
}

export async function putObject(
  connection: Connection,
  place: Place,
  source: UploadSource,
  options: PutOptions,
): Promise<StoredObject> {
  try {
    if (!options.replace && (await statObject(connection, place, options))) throw exists(place)
    const part = partSize(source.size)
    const version =
      part === null
        ? await inOne(connection, place, source, options)
        : await putInParts(connection, place, source, part, options)
    const object = await statObject(
      connection,
      { ...place, ...(isVersion(version) && { VersionId: version }) },
      options,
    )
    if (object) return object
    throw new RoarError('ROAR_STORAGE_MISSING', `The store took ${urlOf(place)}, and does not have it.`)
  } catch (error) {
    const taken = !options.replace && (statusOf(error) === 412 || statusOf(error) === 409)
    throw taken ? exists(place) : refusal(urlOf(place), error)
  }
}

/** Buckets without versions have one of that name, which not every store takes back. */
const isVersion = (version: string | undefined): version is string => version !== undefined && version !== 'null'

const exists = (place: Place): RoarError =>
  new RoarError('ROAR_TRANSFER_EXISTS', `There is an object at ${urlOf(place)} already.`, {
    cause: 'Nothing is overwritten unasked.',
    remedy: ['--force replaces it'],
  })

async function inOne(connection: Connection, place: Place, source: UploadSource, options: PutOptions) {
  const { client } = connection
  const { PutObjectCommand } = await import('@aws-sdk/client-s3')
  let body: Uint8Array = new Uint8Array()
  for await (const piece of source.pieces(Math.max(source.size, 1))) body = piece
  const md5 = md5Of(body)
  const ContentMD5 = md5.toString('base64')
  const send = (more: { IfNoneMatch?: string }) =>
    client.send(new PutObjectCommand({ ...place, Body: body, ContentMD5, ...more }), abortable(options))
  const done = await send(unlessThere(options)).catch(async (error: unknown) => {
    // Some stores do not know conditions; that nothing is there was asked before.
    if (statusOf(error) === 501) return send({})
    // The answer to an attempt that did well may have been lost: what the next one finds in its way is its own.
    const there = statusOf(error) === 412 ? await statObject(connection, place, options) : null
    if (there?.etag !== md5.toString('hex')) throw error
    return { VersionId: there.versionId ?? undefined }
  })
  options.onProgress(body.length)
  return done.VersionId
}
