/** Sends one object in parts, of which several are on their way at a time. One that was begun before goes on with the parts that have arrived. */
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3'
import { isRoarError, type PutOptions, type UploadSource } from '@roar/core'
import { bareEtag } from './asserted.ts'
import type { Connection } from './client.ts'
import { isMissing, nameOf, statusOf } from './refusals.ts'
import type { Place } from './s3-url.ts'
import { statObject } from './stat.ts'
import { abortable, md5Of, unlessThere } from './upload-request.ts'

/** Parts on their way at a time: so many times their size is in memory. */
const atOnce = 4

/** `part`: bytes of each but the last. Answers with the version that it became, where the bucket has any. */
export async function putInParts(
  connection: Connection,
  place: Place,
  source: UploadSource,
  part: number,
  options: PutOptions,
): Promise<string | undefined> {
  const { client } = connection
  const { AbortMultipartUploadCommand, CompleteMultipartUploadCommand } = await import('@aws-sdk/client-s3')
  const { UploadId, known } = await beginParts(client, place, part, options)
  const abort = () => client.send(new AbortMultipartUploadCommand({ ...place, UploadId }))
  const parts = await sendParts(client, { ...place, UploadId }, source, part, known, options).catch(async (error) => {
    // The file is another one by now: nobody will go on with these parts, and a store keeps them, and charges for them, until somebody says so.
    if (isRoarError(error)) await abort().catch(() => {})
    throw error
  })
  const complete = (more: { IfNoneMatch?: string }) => {
    const command = { ...place, UploadId, MultipartUpload: { Parts: [...parts] }, ...more }
    return client.send(new CompleteMultipartUploadCommand(command), abortable(options))
  }
  try {
    const done = await complete(unlessThere(options)).catch((error: unknown) => {
      if (statusOf(error) !== 501) throw error
      return complete({})
    })
    return done.VersionId
  } catch (error) {
    // As of an object in one: the answer to an attempt that did well may have been lost.
    const isOver = statusOf(error) === 412 || statusOf(error) === 404
    const there = isOver ? await statObject(connection, place, options) : null
    if (there !== null && there.etag === etagOf(parts)) return there.versionId ?? undefined
    // Somebody else's object is there: these parts will never be one.
    if (statusOf(error) === 412) await abort()
    throw error
  }
}

/** Of the object that they make: the digest of theirs, and how many they are. */
function etagOf(parts: readonly CompletedPart[]): string {
  const digests = parts.map(({ ETag }) => Buffer.from(bareEtag(ETag) ?? '', 'hex'))
  return `${md5Of(Buffer.concat(digests)).toString('hex')}-${parts.length}`
}

interface Begun {
  readonly UploadId: string
  /** ETags of the parts that have arrived, by number. */
  readonly known: ReadonlyMap<number, string>
}

async function beginParts(client: S3Client, place: Place, part: number, options: PutOptions): Promise<Begun> {
  const { CreateMultipartUploadCommand } = await import('@aws-sdk/client-s3')
  const before = options.resume === null ? null : await partsSoFar(client, place, part, options.resume)
  if (before) return before
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place), abortable(options))
  options.onResumable(JSON.stringify({ upload: UploadId, part }))
  return { UploadId: UploadId as string, known: new Map() }
}

/** Null where that upload is gone, or had parts of another size. */
async function partsSoFar(client: S3Client, place: Place, part: number, token: string): Promise<Begun | null> {
  const told = JSON.parse(token) as { readonly upload: string; readonly part: number }
  if (told.part !== part) return null
  try {
    return { UploadId: told.upload, known: await partsOf(client, { ...place, UploadId: told.upload }) }
  } catch (error) {
    if (nameOf(error) === 'NoSuchUpload' || isMissing(error)) return null
    throw error
  }
}

/** Page by page, by hand: the library's own pages go on as long as there is a marker, which some stores give behind the last one too. */
async function partsOf(
  client: S3Client,
  upload: Place & { readonly UploadId: string },
): Promise<ReadonlyMap<number, string>> {
  const { ListPartsCommand } = await import('@aws-sdk/client-s3')
  const known = new Map<number, string>()
  for (let marker: string | undefined; ; ) {
    const page = await client.send(new ListPartsCommand({ ...upload, ...(marker && { PartNumberMarker: marker }) }))
    for (const { PartNumber, ETag } of page.Parts ?? []) known.set(PartNumber ?? 0, bareEtag(ETag) ?? '')
    if (!page.IsTruncated || page.NextPartNumberMarker === marker) return known
    marker = page.NextPartNumberMarker
  }
}

async function sendParts(
  client: S3Client,
  upload: Place & { readonly UploadId: string },
  source: UploadSource,
  part: number,
  known: ReadonlyMap<number, string>,
  options: PutOptions,
): Promise<readonly CompletedPart[]> {
  const { UploadPartCommand } = await import('@aws-sdk/client-s3')
  const parts: CompletedPart[] = []
  const send = async (Body: Uint8Array, PartNumber: number): Promise<void> => {
    const md5 = md5Of(Body)
    // The same bytes arrived when this was begun.
    if (known.get(PartNumber) === md5.toString('hex')) {
      parts.push({ PartNumber, ETag: `"${md5.toString('hex')}"` })
    } else {
      const request = { ...upload, PartNumber, Body, ContentMD5: md5.toString('base64') }
      const { $metadata, ...sums } = await client.send(new UploadPartCommand(request), abortable(options))
      parts.push({ PartNumber, ETag: sums.ETag, ChecksumCRC32: sums.ChecksumCRC32 })
    }
    options.onProgress(Body.length)
  }
  await severalAtOnce(source.pieces(part), send)
  return parts.sort((a, b) => (a.PartNumber as number) - (b.PartNumber as number))
}

/** `number`: from 1 on. Rejects with the first failure, when nothing is on its way any more. */
async function severalAtOnce(
  pieces: AsyncIterable<Uint8Array>,
  send: (piece: Uint8Array, number: number) => Promise<void>,
): Promise<void> {
  const onTheirWay = new Set<Promise<void>>()
  try {
    let number = 0
    let failure: unknown
    for await (const piece of pieces) {
      const one = send(piece, ++number).finally(() => onTheirWay.delete(one))
      one.catch((error: unknown) => {
        failure ??= error
      })
      onTheirWay.add(one)
      if (onTheirWay.size >= atOnce) await Promise.race(onTheirWay)
      if (failure !== undefined) throw failure
    }
    await Promise.all(onTheirWay)
    if (failure !== undefined) throw failure
  } catch (error) {
    await Promise.allSettled(onTheirWay)
    throw error
  }
}
