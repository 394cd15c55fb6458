/** Digests that the store itself gives: those of all bytes, in the names that records have for them. */
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3'

export const bareEtag = (etag: string | undefined): string | null => etag?.replace(/^(?:W\/)?"|"$/g, '') ?? null

/** With the keys of others the ETag is no MD5 of the bytes, only something that changes with them. */
const isEncrypted = (head: HeadObjectCommandOutput): boolean =>
  head.SSECustomerAlgorithm !== undefined || head.ServerSideEncryption?.startsWith('aws:kms') === true

/** The number of parts, of an ETag that has one. */
export function partsOf(head: HeadObjectCommandOutput): number | null {
  const match = /^[0-9a-f]{32}-(\d+)$/.exec(bareEtag(head.ETag) ?? '')
  return match ? Number(match[1]) : null
}

/** `parts`: the length of each part but the last, if they are known to be equal. */
export function assertedDigests(head: HeadObjectCommandOutput, part: number | null): Readonly<Record<string, string>> {
  return { ...fromEtag(head, part), ...fromChecksums(head) }
}

function fromEtag(head: HeadObjectCommandOutput, part: number | null): Readonly<Record<string, string>> {
  const etag = bareEtag(head.ETag)
  if (etag === null || isEncrypted(head)) return {}
  // Directory buckets have ETags that are as long, but no MD5: their names end so.
  if (/^[0-9a-f]{32}$/.test(etag)) return { md5: etag }
  return part === null ? {} : { [etagAlgorithm(part)]: etag }
}

/** Of a composite checksum, the parts' are the parts; it ends in `-5`. */
function fromChecksums(head: HeadObjectCommandOutput): Readonly<Record<string, string>> {
  if (head.ChecksumType === 'COMPOSITE') return {}
  const { ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 } = head
  const given = { crc32c: ChecksumCRC32C, crc64nvme: ChecksumCRC64NVME, sha1: ChecksumSHA1, sha256: ChecksumSHA256 }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value && !/-\d+$/.test(value) ? [[name, Buffer.from(value, 'base64').toString('hex')]] : [],
    ),
  )
}

export function etagAlgorithm(part: number): string {
  const mebibytes = part / (1 << 20)
  return `s3-etag-${Number.isInteger(mebibytes) ? `${mebibytes}m` : part}`
}
