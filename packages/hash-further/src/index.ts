/** Further digests, each under a name of its own. */
export * from './noble.ts'
export * from './openssl.ts'
