// SHA-256 against @noble/hashes and the examples of FIPS 180-4.
import { sha256 } from '@noble/hashes/sha2.js'
import { hashSuite } from '@roar/conformance'
import { expect, it } from 'vitest'
import { createHash } from './index.ts'

await hashSuite(createHash, { oracle: sha256 })

it('gives the digests of FIPS 180-4 for “abc” and for nothing', () => {
  const digest = (text: string): string => {
    const hasher = createHash().create()
    hasher.update(Buffer.from(text))
    return Buffer.from(hasher.digest()).toString('hex')
  }
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
