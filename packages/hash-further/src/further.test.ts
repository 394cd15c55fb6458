// Every further digest against another implementation of it, and against the examples of its standard.
import { execFileSync } from 'node:child_process'
import { createHash, type Hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { blake2b, blake2s } from '@noble/hashes/blake2.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_256, sha3_512 } from '@noble/hashes/sha3.js'
import { hashSuite } from '@roar/conformance'
import type { HashAlgorithm, HashesTogether } from '@roar/core'
import { createHash as createBlake3 } from '@roar/hash-blake3'
import { describe, expect, it } from 'vitest'
import * as further from './index.ts'

const oracles: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  createMd5: md5,
  createSha1: sha1,
  createSha384: sha384,
  createSha512: sha512,
  createSha512of256: sha512_256,
  createSha3of256: sha3_256,
  createSha3of512: sha3_512,
  createBlake2b512: blake2b,
  createBlake2s256: blake2s,
}

/** The addon's own, by other libraries. */
const addon = createBlake3().together?.(['crc32c']) ?? null
if (!addon)
  console.log('skipped: the addon was not built (cargo is missing); checksums have no oracle here but their standards')
const native = (name: string) => (bytes: Uint8Array) => {
  const together = createBlake3().together?.([name]) as HashesTogether
  const hasher = together.create(bytes.length)
  hasher.update(bytes)
  return hasher.digest()
}
const gitBlob = (name: string) => (bytes: Uint8Array) =>
  createHash(name).update(`blob ${bytes.length}\0`).update(bytes).digest()
await hashSuite(further.createGitBlobSha1, { oracle: gitBlob('sha1') })
await hashSuite(further.createGitBlobSha256, { oracle: gitBlob('sha256') })
if (addon) {
  await hashSuite(further.createCrc32c, { oracle: native('crc32c') })
  await hashSuite(further.createCrc64Nvme, { oracle: native('crc64nvme') })
  await hashSuite(() => further.createS3Etag('s3-etag-1000'), { oracle: native('s3-etag-1000') })
}

const hex = (algorithm: HashAlgorithm, text: string): string => {
  const hasher = algorithm.create()
  hasher.update(Buffer.from(text))
  return Buffer.from(hasher.digest()).toString('hex')
}

for (const [name, oracle] of Object.entries(oracles))
  await hashSuite((further as unknown as Record<string, () => HashAlgorithm>)[name] as () => HashAlgorithm, { oracle })

describe('what no second implementation here has', () => {
  it('blake2b-256 is that of RFC 7693’s parameters, known from its published digest of nothing', () => {
    expect(hex(further.createBlake2b256(), '')).toBe('0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8')
  })
  it('keccak-256 is Ethereum’s, not SHA3-256', () => {
    expect(hex(further.createKeccak256(), '')).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
    expect(hex(further.createKeccak256(), 'abc')).not.toBe(createHash('sha3-256').update('abc').digest('hex'))
  })
})

describe('digests that others publish', () => {
  it('the checksums are those of their standards for the nine digits', () => {
    expect(hex(further.createCrc32c(), '123456789')).toBe('e3069283')
    expect(hex(further.createCrc64Nvme(), '123456789')).toBe('ae8b14860a799888')
  })
  it('a git blob is what git says it is', () => {
    const said = execFileSync('git', ['hash-object', '--stdin'], { input: 'hello\n', encoding: 'utf8' })
    expect(hex(further.createGitBlobSha1(), 'hello\n')).toBe(said.trim())
  })
  it('an ETag counts its parts, and is a plain MD5 below the size of one', () => {
    const text = (name: string, bytes: string): string | undefined => {
      const algorithm = further.createS3Etag(name)
      const hasher = algorithm.create()
      hasher.update(Buffer.from(bytes))
      return algorithm.text?.(hasher.digest(), bytes.length)
    }
    const md5Of = (...parts: (string | Buffer)[]): Buffer =>
      parts.reduce<Hash>((hash, part) => hash.update(part), createHash('md5')).digest()
    expect(text('s3-etag-5', 'abc')).toBe(md5Of('abc').toString('hex'))
    expect(text('s3-etag-5', 'abcde')).toBe(`${md5Of(md5Of('abcde')).toString('hex')}-1`)
    expect(text('s3-etag-5', 'abcdefg')).toBe(`${md5Of(md5Of('abcde'), md5Of('fg')).toString('hex')}-2`)
    expect(text('s3-etag-1k', 'abcde')).toBe(text('s3-etag-1024', 'abcde'))
    expect(() => further.createS3Etag('s3-etag-big')).toThrow('names no size of a part')
  })
})

it('the manifest names every factory by the name that its digest has', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const factories = further as unknown as Record<string, (name: string) => HashAlgorithm>
  const named = manifest.roar.contributes.hashes as { name: string; export: string }[]
  expect(named.map((one) => factories[one.export]?.(one.name).name)).toEqual(named.map((one) => one.name))
  expect(named.map((one) => one.export).sort()).toEqual(Object.keys(further).sort())
})
