/** What stands around a digest where it is copied from: a header of HTTP, a line of `sha256sum`, a pointer of Git LFS. */

/** The digest with its algorithm as far as the line tells it; null: no such line. */
export function withoutLine(text: string): string | null {
  const sum = /^\\?([0-9a-f]{32,128}) [ *]\S/.exec(text)
  if (sum) return sum[1] as string
  const tagged = /^(?:([A-Z0-9-]+) \(.+\) = |oid (?=sha256:))([0-9a-f]{8,}|sha\d+:[0-9a-f]{40,})$/.exec(text)
  if (tagged) return tagged[1] === undefined ? (tagged[2] as string) : `${algorithmOf(tagged[1])}:${tagged[2]}`
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
export function bareBase64(text: string): { algorithm: string | undefined; value: string } | null {
  if (!/^(?:[A-Za-z0-9+/]{4})+[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  if (![4, 8, 16, 20, 32, 64].includes(bytes.length)) return null
  return { algorithm: padded[bytes.length], value: bytes.toString('hex') }
}
