/** What stands around a digest where it is copied from: a header of HTTP, a line of `sha256sum`, a pointer of Git LFS. */
import type { Digest } from './digest.ts'

/** `HEX  name` of `sha256sum`, `SHA256 (name) = HEX` of BSD's, `oid sha256:HEX` of Git LFS. */
export function line(text: string): Digest | null {
  const sum = /^\\?([0-9a-f]{32,128}) [ *]\S/.exec(text)
  if (sum) return { algorithm: undefined, value: sum[1] as string }
  const tagged = /^(?:([A-Z0-9-]+) \(.+\) = |oid (sha256):)([0-9a-f]{8,})$/.exec(text)
  const name = tagged?.[1] ?? tagged?.[2]
  return name === undefined ? null : { algorithm: algorithmOf(name), value: tagged?.[3] as string }
}

/** What a header of HTTP says, with its algorithm in front; null: no such header. */
export function inHeader(text: string): string | null {
  const header =
    /^(content-md5|etag|x-amz-checksum-[a-z0-9]+|x-goog-hash|(?:repr-|content-|want-)?digest):\s*(\S.*)$/i.exec(text)
  const told = header?.[2] ?? (/^(?:crc32c|md5)=[^,]+,/.test(text) ? text : undefined)
  return told === undefined ? null : ofHeader(header?.[1]?.toLowerCase() ?? '', told)
}

function ofHeader(name: string, value: string): string {
  if (name === 'content-md5') return `md5:${value}`
  if (name.startsWith('x-amz-checksum-')) return `${name.slice('x-amz-checksum-'.length)}:${value}`
  // Of several the one with most bytes tells most.
  return value.split(/,\s*/).reduce((best, one) => (one.length > best.length ? one : best))
}

const algorithmOf = (name: string): string => name.toLowerCase().replace(/^sha(?:2-)?-?(?=\d)/, 'sha')

const padded: Readonly<Record<number, string | undefined>> = { 4: 'crc32c', 8: 'crc64nvme' }

/** Base64 alone, as stores print checksums: known by the padding, which other words do not have. */
export function bareBase64(text: string): Digest | null {
  if (!/^(?:[A-Za-z0-9+/]{4})+[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  if (![4, 8, 16, 20, 32, 64].includes(bytes.length)) return null
  return { algorithm: padded[bytes.length], value: bytes.toString('hex') }
}
