/** Hashes files for all algorithms at once: by the cache, by an algorithm's own fast path, or by one read for several. */
import { availableParallelism } from 'node:os'
import type { BytePath, DigestCache, HashAlgorithm, HashedFile, HashOptions, HashService } from '@roar/core'
import { CachedDigests } from './cached-digests.ts'
import { fastHash } from './fast-hash.ts'
import { ProgressCount } from './progress-count.ts'
import { streamHash } from './stream-hash.ts'

export interface HashServiceOptions {
  algorithm(name: string): Promise<HashAlgorithm>
  /** Opened when the first file is worth it; null: none. */
  readonly cache: (() => Promise<DigestCache>) | null
}

/** A file that changes at each of so many attempts is given up. */
const attempts = 3

export function createHashService({ algorithm, cache }: HashServiceOptions): HashService {
  const cached = new CachedDigests(cache)
  return {
    hash: async (paths, options) => {
      const algorithms = await Promise.all(options.algorithms.map(algorithm))
      const unique = [...new Set(paths)]
      const found = await cached.look(unique, options.algorithms)
      const progress = new ProgressCount(unique.length, found, options.onProgress)
      const rest = unique.filter((path) => !found.known.has(path))
      const hashed = await hashRest(rest, algorithms, options, progress)
      await cached.keep(hashed)
      const results = new Map([...found.known, ...hashed.map((one) => [one.path, one] as const)])
      return paths.map((path) => results.get(path) as HashedFile)
    },
    close: () => cached.close(),
  }
}

async function hashRest(
  paths: readonly BytePath[],
  algorithms: readonly HashAlgorithm[],
  options: HashOptions,
  progress: ProgressCount,
): Promise<readonly HashedFile[]> {
  const done = new Map<BytePath, HashedFile>()
  let left = paths
  for (let attempt = 0; attempt < attempts && left.length > 0; attempt++) {
    const results = await hashOnce(left, algorithms, options, progress)
    for (const one of results) done.set(one.path, one)
    left = results.filter((one) => one.error === 'UNSTABLE').map((one) => one.path)
  }
  return paths.map((path) => done.get(path) as HashedFile)
}

function hashOnce(
  paths: readonly BytePath[],
  algorithms: readonly HashAlgorithm[],
  options: HashOptions,
  progress: ProgressCount,
): Promise<readonly HashedFile[]> {
  const [first, ...others] = algorithms
  const threads = options.background ? 1 : availableParallelism()
  if (first?.files && others.length === 0) return fastHash(first, first.files, paths, { ...options, threads }, progress)
  return streamHash(algorithms, paths, options, progress)
}
