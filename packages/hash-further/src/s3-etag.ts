/** The ETag that S3 gives to what was uploaded in parts of one size: `s3-etag-8m`, `s3-etag-16m`, `s3-etag-5242880`. */
import { createHash } from 'node:crypto'
import { type HashAlgorithm, type Hasher, RoarError } from '@roar/core'

const pattern = /^s3-etag-([1-9]\d{0,11})([kmg]?)$/
const units: Readonly<Record<string, number>> = { '': 1, k: 1 << 10, m: 1 << 20, g: 1 << 30 }

/** `*` in place of a size: of 8 MiB, as the command line of AWS and boto3 send them. */
export function createS3Etag(name: string): HashAlgorithm {
  const part = partSize(name)
  return { name, digestLength: 16, create: () => etagOf(part), text: (digest, size) => etagText(digest, size, part) }
}

function partSize(name: string): number {
  const match = pattern.exec(name === 's3-etag-*' ? 's3-etag-8m' : name)
  if (match) return Number(match[1]) * (units[match[2] as string] as number)
  throw new RoarError('ROAR_HASH_UNKNOWN', `'${name}' names no size of a part.`, {
    cause: 'What follows s3-etag- is a number of bytes, or one with k, m or g behind it.',
    remedy: ['roar hash -a s3-etag-8m FILE'],
    exitCode: 2,
  })
}

/** Clients send what is shorter than a part by one request: then it is the MD5 of the bytes, and has no number behind it. */
const etagText = (digest: Uint8Array, size: number, part: number): string =>
  Buffer.from(digest).toString('hex') + (size < part ? '' : `-${Math.ceil(size / part)}`)

function etagOf(part: number): Hasher {
  const ofParts = createHash('md5')
  let [ofPart, filled, whole] = [createHash('md5'), 0, 0]
  return {
    update(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const piece = chunk.subarray(at, at + part - filled)
        ofPart.update(piece)
        at += piece.length
        filled += piece.length
        if (filled < part) continue
        ofParts.update(ofPart.digest())
        ofPart = createHash('md5')
        filled = 0
        whole++
      }
    },
    digest() {
      if (whole === 0) return ofPart.digest()
      return (filled > 0 ? ofParts.update(ofPart.digest()) : ofParts).digest()
    },
  }
}
