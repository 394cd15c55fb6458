/** How digests are written in records. */
import type { Digests, HashAlgorithm } from '@roar/core'

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

type Written = Pick<HashAlgorithm, 'name' | 'digestLength' | 'text'>

export const digestText = ({ text }: Pick<Written, 'text'>, digest: Uint8Array, size: number): string =>
  text ? text(digest, size) : hex(digest)

/** Of digests that lie one behind the other, in the order of the algorithms. */
export function digestsIn(bytes: Uint8Array, algorithms: readonly Written[], size: number): Digests {
  const digests: Record<string, string> = {}
  const all = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (const { name, digestLength, text } of algorithms) {
    const end = at + digestLength
    digests[name] = text ? text(bytes.subarray(at, end), size) : all.toString('hex', at, end)
    at = end
  }
  return digests
}
