// SHA-256 against @noble/hashes and the vectors of FIPS 180-4.
import { sha256 } from '@noble/hashes/sha2.js'
import { expect, it } from 'vitest'
import { createHash } from './index.ts'

const digest = (...chunks: readonly Uint8Array[]): string => {
  const hasher = createHash().create()
  for (const chunk of chunks) hasher.update(chunk)
  return Buffer.from(hasher.digest()).toString('hex')
}

it('gives the digest of FIPS 180-4 for “abc” and for nothing', () => {
  expect(digest(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digest()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

it('agrees with the oracle however the bytes are cut', () => {
  const bytes = Buffer.from(Uint8Array.from({ length: 10_000 }, (_, i) => (i * 31) % 256))
  const expected = Buffer.from(sha256(bytes)).toString('hex')
  for (const cut of [0, 1, 63, 64, 65, 9999]) expect(digest(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(expected)
})

it('declares the length of what it gives', () => {
  expect(createHash().create().digest()).toHaveLength(createHash().digestLength)
})
