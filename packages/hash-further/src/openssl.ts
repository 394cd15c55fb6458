/** Digests that OpenSSL has, through node:crypto: at the speed of `openssl dgst`. */
import { createHash } from 'node:crypto'
import type { HashAlgorithm } from '@roar/core'

const openssl =
  (name: string, digestLength: number, theirs = name) =>
  (): HashAlgorithm => ({
    name,
    digestLength,
    create: () => {
      const hash = createHash(theirs)
      return {
        update: (chunk) => {
          hash.update(chunk)
        },
        digest: () => hash.digest(),
      }
    },
  })

export const createMd5 = openssl('md5', 16)
export const createSha1 = openssl('sha1', 20)
export const createSha384 = openssl('sha384', 48)
export const createSha512 = openssl('sha512', 64)
export const createSha512of256 = openssl('sha512-256', 32)
export const createSha3of256 = openssl('sha3-256', 32)
export const createSha3of512 = openssl('sha3-512', 64)
export const createBlake2b512 = openssl('blake2b-512', 64, 'blake2b512')
export const createBlake2s256 = openssl('blake2s-256', 32, 'blake2s256')
