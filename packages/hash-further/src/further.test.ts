// Every further digest against another implementation of it, and against the examples of its standard.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { blake2b, blake2s } from '@noble/hashes/blake2.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_256, sha3_512 } from '@noble/hashes/sha3.js'
import { hashSuite } from '@roar/conformance'
import type { HashAlgorithm } from '@roar/core'
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

it('the manifest names every factory by the name that its digest has', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const factories = further as unknown as Record<string, () => HashAlgorithm>
  const named = manifest.roar.contributes.hashes as { name: string; export: string }[]
  expect(named.map((one) => factories[one.export]?.().name)).toEqual(named.map((one) => one.name))
  expect(named.map((one) => one.export).sort()).toEqual(Object.keys(further).sort())
})
