// The forms in which people hold a digest in their hands.
import { createHash } from 'node:crypto'
import { CID } from 'multiformats'
import { base32 } from 'multiformats/bases/base32'
import { base36 } from 'multiformats/bases/base36'
import { base58btc } from 'multiformats/bases/base58'
import { create } from 'multiformats/hashes/digest'
import { describe, expect, it } from 'vitest'
import { parseDigest } from './digest.ts'

const sha256 = createHash('sha256').update('x').digest()
const hex = sha256.toString('hex')
const sha1 = createHash('sha1').update('x').digest('hex')
const md5 = createHash('md5').update('x').digest('hex')

const b64 = (algorithm: string): string => createHash(algorithm).update('x').digest('base64')

const mh = Uint8Array.from(Buffer.from(`1220${hex}`, 'hex'))
const inBase32 = base32.encode(Buffer.from(sha1, 'hex')).slice(1)

const forms: readonly [what: string, text: string, algorithm: string | undefined, value: string][] = [
  ['hexadecimal digits', hex.toUpperCase(), undefined, hex],
  ['a prefix of eight', hex.slice(0, 8), undefined, hex.slice(0, 8)],
  ['the algorithm in front', `sha256:${hex}`, 'sha256', hex],
  ['the algorithm with a hyphen', `SHA-256:${hex}`, 'sha256', hex],
  ['an ETag in quotes', `"${md5}"`, undefined, md5],
  ['a weak ETag', `W/"${md5}"`, undefined, md5],
  ['an ETag of a multipart upload', `"${md5}-12"`, undefined, `${md5}-12`],
  ['the same without quotes', `${md5}-12`, undefined, `${md5}-12`],
  ['subresource integrity', `sha256-${sha256.toString('base64')}`, 'sha256', hex],
  [
    'a checksum of S3',
    `crc64nvme:${Buffer.from('ae8b14860a799888', 'hex').toString('base64')}`,
    'crc64nvme',
    'ae8b14860a799888',
  ],
  ['a Digest field of HTTP', `sha-256=:${sha256.toString('base64')}:`, 'sha256', hex],
  ['a SWHID', `swh:1:cnt:${sha1};origin=https://example.org/x`, 'git-blob-sha1', sha1],
  ['a gitoid', `gitoid:blob:sha256:${hex}`, 'git-blob-sha256', hex],
  ['an image with its digest', `registry.example/team/model@sha256:${hex}`, 'sha256', hex],
  ['a multihash', `1220${hex}`, 'sha256', hex],
  ['a CID of raw bytes', CID.createV1(0x55, create(0x12, sha256)).toString(), 'sha256', hex],
  ['a CID of BLAKE3', CID.createV1(0x55, create(0x1e, sha256)).toString(base32), 'blake3', hex],
  [
    'several of subresource integrity',
    `sha1-${Buffer.from(sha1, 'hex').toString('base64')} sha256-${sha256.toString('base64')}`,
    'sha256',
    hex,
  ],
  ['a named identifier', `ni:///sha-256;${sha256.toString('base64url')}`, 'sha256', hex],
  ['a multihash whose code has two bytes', `d50110${md5}`, 'md5', md5],
  ['a multihash with its base', `f1220${hex}`, 'sha256', hex],
  ['a CID in hexadecimal digits', `f01551220${hex}`, 'sha256', hex],
  ['a CID in base64', `u${Buffer.from(`01551220${hex}`, 'hex').toString('base64url')}`, 'sha256', hex],
  ['a page of a gateway', `https://ipfs.example/ipfs/${CID.createV1(0x55, create(0x12, sha256))}/`, 'sha256', hex],
  ['a host of a gateway', `https://${CID.createV1(0x55, create(0x12, sha256))}.ipfs.example.org/`, 'sha256', hex],
  ['a CID in capitals', CID.createV1(0x55, create(0x12, sha256)).toString().toUpperCase(), 'sha256', hex],
  ['hexadecimal digits behind an equals sign', `sha256=${hex}`, 'sha256', hex],
  ['hexadecimal digits behind a hyphen', `sha256-${hex}`, 'sha256', hex],
  ['a multihash in base58', base58btc.encode(mh), 'sha256', hex],
  ['a multihash in base32', base32.encode(mh), 'sha256', hex],
  ['a multihash in base36, in capitals', base36.encode(mh).toUpperCase(), 'sha256', hex],
  ['a URN of file sharing', `urn:sha1:${inBase32.toUpperCase()}`, 'sha1', sha1],
  ['a bitprint', `urn:bitprint:${inBase32.toUpperCase()}.${'A'.repeat(39)}`, 'sha1', sha1],
  ['a digest of a web archive', `sha1:${inBase32.toUpperCase()}`, 'sha1', sha1],
  ['a URN with hexadecimal digits', `urn:sha256:${hex.toUpperCase()}`, 'sha256', hex],
  ['a magnet link', `magnet:?dn=x&xt=urn:btih:${sha1}&xt=urn:sha1:${inBase32.toUpperCase()}`, 'sha1', sha1],
  ['one with blanks around it', ` ${hex}\n`, undefined, hex],
  ['the header Content-MD5', `Content-MD5: ${b64('md5')}`, 'md5', md5],
  ['Content-MD5 alone', b64('md5'), undefined, md5],
  ['a checksum in base64 alone', b64('sha256'), undefined, hex],
  ['CRC-32C in base64 alone', 'NT3Yvg==', 'crc32c', '353dd8be'],
  ['the header of a checksum of S3', `x-amz-checksum-sha256: ${b64('sha256')}`, 'sha256', hex],
  ['the header of Google’s store', `x-goog-hash: crc32c=NT3Yvg==,md5=${b64('md5')}`, 'md5', md5],
  ['what that header says', `crc32c=NT3Yvg==,md5=${b64('md5')}`, 'md5', md5],
  ['the header ETag', `ETag: "${md5}-12"`, undefined, `${md5}-12`],
  ['the header Repr-Digest', `Repr-Digest: sha-256=:${b64('sha256')}:`, 'sha256', hex],
  ['a line of sha256sum', `${hex}  a b.txt`, undefined, hex],
  ['a line of shasum -b', `${sha1} *x`, undefined, sha1],
  ['a line of BSD’s', `SHA256 (a b.txt) = ${hex}`, 'sha256', hex],
  ['a line of a pointer of Git LFS', `oid sha256:${hex}`, 'sha256', hex],
  ['a path of IPFS', `ipfs://${CID.createV1(0x55, create(0x12, sha256))}`, 'sha256', hex],
]

describe('a digest is understood as', () => {
  it.each(forms)('%s', async (_, text, algorithm, value) => {
    expect(await parseDigest(text)).toEqual({ algorithm, value })
  })

  it('a CID of version 0, with the caution that it is not of the bytes', async () => {
    const digest = await parseDigest(CID.createV0(create(0x12, sha256)).toString())
    expect(digest).toMatchObject({ algorithm: 'sha256', value: hex })
    expect(digest?.caution).toContain('not of its bytes')
  })

  it.each([
    'train.py',
    '@3',
    'session:current',
    'data/in.csv',
    'abcdefg',
    'deadbee',
    'sha256-short',
    'a-name-of-a-file.with-more',
  ])('nothing where it is none: %s', async (text) => {
    expect(await parseDigest(text)).toBe(null)
  })

  it('nothing where it is Software Heritage’s name of a directory', async () => {
    await expect(parseDigest(`swh:1:dir:${sha1}`)).rejects.toMatchObject({ code: 'ROAR_USAGE' })
  })
})
