/** Digests between text and bytes. S3 writes a multipart ETag as the hex of an MD5, a dash and the number of parts: the tail is kept as text. */
export interface DigestBytes {
  readonly algorithm: string
  readonly bytes: Buffer
}

export function digestBytes(algorithm: string, text: string): DigestBytes {
  const dash = text.indexOf('-')
  if (dash < 0) return { algorithm, bytes: Buffer.from(text, 'hex') }
  return { algorithm, bytes: Buffer.concat([Buffer.from(text.slice(0, dash), 'hex'), Buffer.from(text.slice(dash))]) }
}

const md5Length = 16

export function digestText({ algorithm, bytes }: DigestBytes): string {
  const hasTail = bytes.length > md5Length && bytes[md5Length] === 0x2d && /etag|md5/.test(algorithm)
  if (!hasTail) return bytes.toString('hex')
  return bytes.subarray(0, md5Length).toString('hex') + bytes.subarray(md5Length).toString('latin1')
}

export interface DigestQuery {
  readonly algorithm: string | null
  /** Lower case. */
  readonly hex: string
}

export function parseReference(text: string): DigestQuery {
  const colon = text.indexOf(':')
  if (colon < 0) return { algorithm: null, hex: text.toLowerCase() }
  return { algorithm: text.slice(0, colon), hex: text.slice(colon + 1).toLowerCase() }
}

/** Which of an artifact's digests names it: the first of these that is there. */
const preference = ['blake3', 'composite-blake3', 'sha256']

export function primaryOf<T extends { algorithm: string }>(digests: readonly T[]): T {
  for (const name of preference) {
    const found = digests.find((one) => one.algorithm === name)
    if (found) return found
  }
  const composite = digests.find((one) => one.algorithm.startsWith('composite'))
  return composite ?? (digests[0] as T)
}
