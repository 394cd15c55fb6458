/** What the store says of an object. */
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import type { StorageOptions, StoredObject } from '@roar/core'
import { assertedDigests, bareEtag, partsOf } from './asserted.ts'
import type { Connection } from './client.ts'
import { isMissing, refusal } from './refusals.ts'
import { type Place, urlOf } from './s3-url.ts'

export async function statObject(
  { client, endpoint }: Connection,
  place: Place & { readonly VersionId?: string },
  { signal }: StorageOptions = {},
): Promise<StoredObject | null> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3')
  const ask = (more: { PartNumber?: number; ChecksumMode?: 'ENABLED' }) =>
    client.send(new HeadObjectCommand({ ...place, ...more }), { ...(signal && { abortSignal: signal }) })
  try {
    const head = await ask({ ChecksumMode: 'ENABLED' })
    const part = await partLength(head, (number) => ask({ PartNumber: number }))
    return {
      url: urlOf(place),
      endpoint,
      versionId: head.VersionId === 'null' ? null : (head.VersionId ?? null),
      etag: bareEtag(head.ETag),
      size: head.ContentLength ?? null,
      ranges: true,
      digests: assertedDigests(head, part),
    }
  } catch (error) {
    if (isMissing(error)) return null
    throw refusal(urlOf(place), error)
  }
}

/**
 * Parts may have any lengths. Null unless the first two, the last and their number say that all but the last are as long as the first: of up to
 * three parts that is certain, and of more those between have at least the right sum.
 */
async function partLength(
  head: HeadObjectCommandOutput,
  ask: (part: number) => Promise<HeadObjectCommandOutput>,
): Promise<number | null> {
  const [parts, size] = [partsOf(head), head.ContentLength]
  if (parts === null || !size) return null
  try {
    const first = (await ask(1)).ContentLength
    if (!first || Math.ceil(size / first) !== parts) return null
    if (parts < 3) return first
    const [second, last] = await Promise.all([ask(2), ask(parts)])
    return second.ContentLength === first && last.ContentLength === size - first * (parts - 1) ? first : null
  } catch {
    // Not every store knows parts of what is whole by now.
    return null
  }
}
