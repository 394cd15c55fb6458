/** What git calls a file's content: a digest over the word `blob`, the length, a NUL byte and the bytes. A SWHID `swh:1:cnt:` is the first of the two. */
import { createHash } from 'node:crypto'
import type { HashAlgorithm, Hasher } from '@roar/core'

const gitBlob = (name: string, digestLength: number, theirs: string) => (): HashAlgorithm => ({
  name,
  digestLength,
  create: (size) => (size === undefined ? keeping(theirs) : begun(theirs, size)),
})

export const createGitBlobSha1 = gitBlob('git-blob-sha1', 20, 'sha1')
/** In repositories with the object format `sha256`; OmniBOR’s `gitoid:blob:sha256:` is the same. */
export const createGitBlobSha256 = gitBlob('git-blob-sha256', 32, 'sha256')

function begun(theirs: string, size: number): Hasher {
  const hash = createHash(theirs).update(`blob ${size}\0`)
  return {
    update: (chunk) => {
      hash.update(chunk)
    },
    digest: () => hash.digest(),
  }
}

/** The length stands in front: where nobody knows it, the bytes have to wait for it. */
function keeping(theirs: string): Hasher {
  const chunks: Uint8Array[] = []
  return {
    update: (chunk) => {
      chunks.push(Uint8Array.from(chunk))
    },
    digest() {
      const hasher = begun(
        theirs,
        chunks.reduce((sum, one) => sum + one.length, 0),
      )
      for (const chunk of chunks) hasher.update(chunk)
      return hasher.digest()
    },
  }
}
