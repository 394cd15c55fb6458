/** `s3://bucket/key`: the key as it is, nothing in it is escaped. */
import { RoarError } from '@roar/core'

export interface Place {
  readonly Bucket: string
  readonly Key: string
}

export function placeOf(url: string): Place {
  const match = /^s3:\/\/([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])\/?(.*)$/s.exec(url)
  if (match) return { Bucket: match[1] as string, Key: match[2] as string }
  throw new RoarError('ROAR_STORAGE_URL', `'${url}' names no object of S3.`, {
    remedy: ['Write s3://bucket/key; a prefix ends in /.'],
    exitCode: 2,
  })
}

/** `s3://bucket/key?versionId=…`, where no object has such a key; null: no such URL. */
export function versionOf(url: string): (Place & { readonly VersionId: string }) | null {
  const match = /^(.+)\?versionId=([^?&#]+)$/s.exec(url)
  return match ? { ...placeOf(match[1] as string), VersionId: match[2] as string } : null
}

export const urlOf = ({ Bucket, Key }: Place): string => `s3://${Bucket}/${Key}`
