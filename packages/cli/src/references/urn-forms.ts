/** Digests as URNs of file-sharing programs, web archives (`WARC-Payload-Digest`) and magnet links. */
import { RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'
import type { Digest } from './digest.ts'

/** Bytes of a digest, whether in hexadecimal digits or in base32. RFC 4648. */
const lengths: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64, blake3: 32 }

/** `urn:sha1:…`, `urn:bitprint:…`, `sha1:…` in base32, or a magnet link with such a one. Rejects where a link names a torrent. */
export async function urn(text: string): Promise<Digest | null> {
  const names = /^magnet:\?/i.test(text) ? new URLSearchParams(text.slice(8)).getAll('xt') : [text]
  for (const name of names) {
    const digest = await ofName(name)
    if (digest) return digest
  }
  if (names.some((name) => /^urn:bt[im]h:/i.test(name))) throw ofTorrent(text)
  return null
}

async function ofName(name: string): Promise<Digest | null> {
  const match = /^(?:urn:)?([a-z0-9-]+):([A-Z2-7]{16,103}|[0-9a-f]{32,128})(?:\.[A-Z2-7]{39})?$/i.exec(name)
  if (!match) return null
  const [, scheme, value] = match as unknown as [string, string, string]
  // Behind its dot stands the digest of a tree, by an algorithm that nobody else uses.
  const algorithm = scheme
    .toLowerCase()
    .replace(/^bitprint$/, 'sha1')
    .replace(/^sha-/, 'sha')
  const length = lengths[algorithm]
  if (length === undefined) return null
  if (value.length === length * 2 && /^[0-9a-f]+$/i.test(value)) return { algorithm, value: value.toLowerCase() }
  const { base32 } = await import('multiformats/bases/base32')
  const bytes = value.length === Math.ceil(length * 1.6) ? base32.decode(`b${value.toLowerCase()}`) : null
  return bytes?.length === length ? { algorithm, value: Buffer.from(bytes).toString('hex') } : null
}

const ofTorrent = (text: string): RoarError =>
  new RoarError('ROAR_USAGE', `'${visible(text)}' names no file.`, {
    exitCode: 2,
    cause: 'It names a torrent: the digest is one of the list of its pieces, not of the bytes of a file.',
  })
