/** Further digests, each under a name of its own. */
export * from './checksums.ts'
export * from './git-blob.ts'
export * from './noble.ts'
export * from './openssl.ts'
export * from './s3-etag.ts'
