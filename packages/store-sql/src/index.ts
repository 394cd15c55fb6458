/** The lineage store on SQL, and the cache of digests. */
export { createStore } from './create-store.ts'
export { openDigestCache } from './digest-cache.ts'
export { migrations, newestVersion } from './schema/migrate.ts'
