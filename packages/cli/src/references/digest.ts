/** A digest as people write it: hexadecimal digits, with or without the algorithm in front (`blake3:3f0c…`), or one of the forms of other tools. */
export interface Digest {
  readonly algorithm: string | undefined
  /** As records have it: at least 8 hexadecimal digits in lower case, of an ETag with the number of parts behind them (`…-5`). */
  readonly value: string
  /** What a reader should know when nothing is found. */
  readonly caution?: string
}

const hexadecimal = /^(?:([a-z][a-z0-9-]*):)?([0-9a-f]{8,})$/i

/** Null for what is no digest. Rejects with ROAR_USAGE for what names something that is no file. */
export async function parseDigest(given: string): Promise<Digest | null> {
  const text = given.trim()
  const match = hexadecimal.exec(text)
  if (match && !isMultihash(match[2] as string))
    return { algorithm: named(match[1]), value: (match[2] as string).toLowerCase() }
  // None of the other forms is as short as a name, or a step, but CRC-32C in base64.
  return text.length < 12 && !text.endsWith('==') ? null : (await import('./digest-forms.ts')).otherForm(text)
}

/** `sha-256` is how RFC 9530 and many tools write it. */
const named = (algorithm: string | undefined): string | undefined =>
  algorithm?.toLowerCase().replace(/^sha-(1|256|384|512)$/, 'sha$1')

const lengths = new Set([8, 16, 32, 40, 56, 64, 96, 128])

/** Behind its code stands how many bytes follow; no digest is as long as one of these. With the `f` of a multibase it may be one of a CID. */
const isMultihash = (hex: string): boolean =>
  !lengths.has(hex.length) &&
  hex.length >= 36 &&
  (isWhole(hex) || (/^f/i.test(hex) && isWhole(hex.replace(/^f(?:01(?:55|78))?/i, ''))))

const isWhole = (hex: string): boolean => lengthTold(Buffer.from(hex, 'hex')) * 2 === hex.length

/** The code is one byte, or those that have the highest bit, and one more. */
function lengthTold(bytes: Uint8Array): number {
  const last = bytes.findIndex((byte) => byte < 128)
  return last + 2 + (bytes[last + 1] ?? 0)
}
