/** SHA-256 by OpenSSL, through node:crypto. */
import { createHash as nodeHash } from 'node:crypto'
import type { HashAlgorithm } from '@roar/core'

export const createHash = (): HashAlgorithm => ({
  name: 'sha256',
  digestLength: 32,
  create: () => {
    const hash = nodeHash('sha256')
    return {
      update: (chunk) => {
        hash.update(chunk)
      },
      digest: () => hash.digest(),
    }
  },
})
