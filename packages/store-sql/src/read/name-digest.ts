/** The digest by which an artifact is named in short. */
import type { Digests } from '@roar/core'

/** The primary algorithm's, else the first by name. */
export const nameDigest = (digests: Digests): string | null =>
  digests.blake3 ??
  Object.keys(digests)
    .sort()
    .map((name) => digests[name] as string)[0] ??
  null
