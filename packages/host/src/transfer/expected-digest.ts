/** Digests that must come out: what the keeper of an object asserts, and what the user has in hand. */
import { type Digests, RoarError } from '@roar/core'
import { withoutSecrets } from './stored-url.ts'

export interface ExpectedDigest {
  /** Undefined: any that has as many digits. */
  readonly algorithm: string | undefined
  readonly value: string
}

/** Algorithms whose digests have so many hexadecimal digits. */
const byDigits: Readonly<Record<number, readonly string[]>> = {
  8: ['crc32c'],
  16: ['crc64nvme'],
  32: ['md5'],
  40: ['sha1', 'git-blob-sha1'],
  64: ['blake3', 'sha256'],
  96: ['sha384'],
  128: ['sha512'],
}

/** Which algorithms can tell whether it is right. `asserted`: an ETag of parts names the size of one. */
export function algorithmsFor(expected: ExpectedDigest, asserted: Digests): readonly string[] {
  if (expected.algorithm !== undefined) return [expected.algorithm]
  if (expected.value.includes('-')) {
    const ofParts = Object.keys(asserted).find((name) => name.startsWith('s3-etag-'))
    return [ofParts ?? 's3-etag-8m']
  }
  const found = byDigits[expected.value.length]
  if (found) return found
  throw new RoarError('ROAR_USAGE', `'${expected.value}' is no whole digest.`, {
    cause: 'A prefix is not enough to check bytes by.',
    exitCode: 2,
  })
}

/** Null when everything is as it should be; else what is not. */
export function mismatch(
  computed: Digests,
  asserted: Digests,
  expected: ExpectedDigest | null,
): { readonly what: string; readonly wanted: string; readonly found: string } | null {
  if (expected) {
    const names = algorithmsFor(expected, asserted)
    if (!names.some((name) => computed[name] === expected.value)) {
      const found = names.map((name) => `${name}:${computed[name] ?? 'unknown'}`).join(' or ')
      return { what: 'the digest that was asked for', wanted: expected.value, found }
    }
  }
  for (const [name, value] of Object.entries(asserted))
    if (computed[name] !== undefined && computed[name] !== value)
      return { what: `the ${name} that the store gives`, wanted: value, found: computed[name] as string }
  return null
}

export const mismatchError = (url: string, fault: NonNullable<ReturnType<typeof mismatch>>): RoarError =>
  new RoarError('ROAR_TRANSFER_MISMATCH', `The bytes of ${withoutSecrets(url)} are not those that were expected.`, {
    cause: `They do not have ${fault.what}: ${fault.wanted}, but ${fault.found}.`,
    remedy: ['Nothing was kept. The same command again fetches it anew.'],
    data: fault,
  })
