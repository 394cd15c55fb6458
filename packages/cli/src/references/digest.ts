/** A digest as people write it: hexadecimal digits, with or without the algorithm in front (`blake3:3f0c…`). */
export interface Digest {
  readonly algorithm: string | undefined
  /** Lower case; at least 8 digits. */
  readonly hex: string
}

const pattern = /^(?:([a-z][a-z0-9-]*):)?([0-9a-f]{8,})$/i

export function parseDigest(text: string): Digest | null {
  const match = pattern.exec(text)
  return match ? { algorithm: match[1]?.toLowerCase(), hex: (match[2] as string).toLowerCase() } : null
}
