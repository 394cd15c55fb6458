/** Digests in the forms of object stores, browsers, IPFS, Software Heritage, git and container registries. */
import { RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'
import type { Digest } from './digest.ts'
import { bareBase64, inHeader, line } from './line-forms.ts'
import { urn } from './urn-forms.ts'

type Form = (text: string) => Digest | null | Promise<Digest | null>

export async function otherForm(text: string): Promise<Digest | null> {
  const told = inHeader(text)
  if (told !== null) return otherForm(told)
  const forms: readonly Form[] = [
    line,
    bareBase64,
    etag,
    swhid,
    gitoid,
    imageReference,
    integrity,
    named,
    base64,
    urn,
    contentId,
  ]
  for (const form of forms) {
    const digest = await form(text)
    if (digest) return digest
  }
  return null
}

/** With its quotes, as HTTP has it, or without; weak or not; `etag:` before it or not. */
function etag(text: string): Digest | null {
  const match = /^(?:etag:)?(?:W\/)?("?)([0-9a-f]{32}(?:-\d{1,5})?)\1$/i.exec(text)
  return match ? { algorithm: undefined, value: (match[2] as string).toLowerCase() } : null
}

/** `swh:1:cnt:…`, with or without qualifiers. ISO/IEC 18670. */
function swhid(text: string): Digest | null {
  const match = /^swh:1:([a-z]{3}):([0-9a-f]{40})(?:;.*)?$/i.exec(text)
  if (!match) return null
  if (match[1] === 'cnt') return { algorithm: 'git-blob-sha1', value: (match[2] as string).toLowerCase() }
  throw new RoarError('ROAR_USAGE', `'${visible(text)}' names no file.`, {
    exitCode: 2,
    cause: 'Of Software Heritage’s identifiers those of contents are known here, which begin with swh:1:cnt:.',
  })
}

/** OmniBOR's. */
function gitoid(text: string): Digest | null {
  const match = /^gitoid:blob:(sha1|sha256):([0-9a-f]{40,64})$/i.exec(text)
  return match ? { algorithm: `git-blob-${match[1]?.toLowerCase()}`, value: (match[2] as string).toLowerCase() } : null
}

/** `registry/name@sha256:…`. */
function imageReference(text: string): Digest | null {
  const match = /^[^@\s]+@([a-z0-9]+):([0-9a-f]{32,})$/.exec(text)
  return match ? { algorithm: match[1], value: match[2] as string } : null
}

const bytesOf: Readonly<Record<string, number>> = {
  md5: 16,
  crc32c: 4,
  crc64nvme: 8,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  blake3: 32,
}

/** Subresource integrity, as in npm's lock files: `sha512-…=`, options behind a question mark; of several the strongest counts. */
function integrity(text: string): Digest | null {
  const all = text.trim().split(/\s+/).map(oneIntegrity)
  if (!all.every((one) => one !== null)) return null
  return all.reduce((best, one) => (one.value.length > best.value.length ? one : best))
}

function oneIntegrity(text: string): Digest | null {
  const match = /^(sha256|sha384|sha512|sha1|md5|blake3)-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?$/.exec(text)
  if (!match) return null
  const [, algorithm, value] = match as unknown as [string, string, string]
  return inHex(algorithm, value) ?? decoded(algorithm, value)
}

/** `sha256-…`, `sha256=…` with hexadecimal digits: as long as the algorithm has them, they are no base64. */
function inHex(algorithm: string, text: string): Digest | null {
  const isHex = /^[0-9a-f]+$/i.test(text) && text.length === (bytesOf[algorithm] ?? 0) * 2
  return isHex ? { algorithm, value: text.toLowerCase() } : null
}

/** `ni:///sha-256;…`, with or without an authority. RFC 6920. */
function named(text: string): Digest | null {
  const match = /^ni:\/\/[^/]*\/(sha-(?:256|384|512));([\w-]+)(?:\?.*)?$/.exec(text)
  return match ? decoded((match[1] as string).replace('-', ''), match[2] as string) : null
}

/** As S3 tells its checksums, and `Digest` fields of HTTP theirs: `crc64nvme:…=`. */
function base64(text: string): Digest | null {
  const match = /^([a-z0-9-]+)[:=]:?([A-Za-z0-9+/_-]+={0,2}):?$/i.exec(text)
  const name = match?.[1]?.toLowerCase().replace(/^sha-/, 'sha')
  if (!match || name === undefined) return null
  return inHex(name, match[2] as string) ?? decoded(name, match[2] as string)
}

function decoded(algorithm: string, text: string): Digest | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === bytesOf[algorithm] ? { algorithm, value: bytes.toString('hex') } : null
}

/** https://github.com/multiformats/multicodec/blob/master/table.csv */
const multihashes: Readonly<Record<number, string>> = {
  17: 'sha1',
  18: 'sha256',
  19: 'sha512',
  20: 'sha3-512',
  22: 'sha3-256',
  27: 'keccak-256',
  30: 'blake3',
  32: 'sha384',
  213: 'md5',
  45600: 'blake2b-256',
  45632: 'blake2b-512',
  45664: 'blake2s-256',
}
const raw = 0x55
const gitRaw = 0x78

/** A multihash in hexadecimal digits or base58, a CID of either version, a path of IPFS. */
async function contentId(text: string): Promise<Digest | null> {
  const bare = withoutCapitals(
    text
      .replace(/^(?:ipfs:\/\/|(?:https?:\/\/[^/]+)?\/ipfs\/)/, '')
      .replace(/^https?:\/\/(\w{40,})\.ipfs\.[^/]+/, '$1')
      .replace(/\/$/, ''),
  )
  if (!/^[A-Za-z0-9+/_=-]{20,}$/.test(bare)) return null
  const { CID, digest } = await import('multiformats')
  const ofBytes = (bytes: Uint8Array): Digest | null => multihash(digest.decode(bytes), raw)
  const ofNode = ({ multihash: hash, code }: InstanceType<typeof CID>): Digest | null => multihash(hash, code)
  if (/^(?:[0-9a-f]{2})+$/i.test(bare)) return attempt(() => ofBytes(Buffer.from(bare, 'hex')))
  const bytes = await otherBase(bare)
  return attempt(() =>
    bytes === null ? ofNode(CID.parse(bare)) : bytes[0] === 1 ? ofNode(CID.decode(bytes)) : ofBytes(bytes),
  )
}

/** Multibases of capitals are those of small letters. */
const withoutCapitals = (text: string): string =>
  /^(?:B[A-Z2-7]+|F[0-9A-F]+|K[0-9A-Z]+)$/.test(text) ? text.toLowerCase() : text

/** Multibases: `f…`, `u…`, `m…`, `b…`, `k…`, `z…`; null: none, as version 0 of a CID has. */
async function otherBase(text: string): Promise<Uint8Array | null> {
  const encoding = ({ f: 'hex', u: 'base64url', m: 'base64' } as const)[text[0] as 'f' | 'u' | 'm']
  if (encoding) return Buffer.from(text.slice(1), encoding)
  const [{ base32 }, { base36 }, { base58btc }] = await Promise.all([
    import('multiformats/bases/base32'),
    import('multiformats/bases/base36'),
    import('multiformats/bases/base58'),
  ])
  try {
    return base32.decoder.or(base36.decoder).or(base58btc.decoder).decode(text)
  } catch {
    return null
  }
}

interface Multihash {
  readonly code: number
  readonly digest: Uint8Array
}

function multihash({ code, digest }: Multihash, codec: number): Digest | null {
  const algorithm = multihashes[code]
  if (algorithm === undefined) return null
  const value = Buffer.from(digest).toString('hex')
  if (codec === gitRaw) return { algorithm: `git-blob-${algorithm}`, value }
  const caution =
    'This CID is of a node that lists the file’s pieces, not of its bytes: only a CID of raw bytes is a digest of a file.'
  return codec === raw ? { algorithm, value } : { algorithm, value, caution }
}

/** The library's answer to what is none of its own is an error. */
function attempt(parse: () => Digest | null): Digest | null {
  try {
    return parse()
  } catch {
    return null
  }
}
