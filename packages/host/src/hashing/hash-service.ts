/** Hashes files for all algorithms at once: from the cache, by an algorithm's own threads, or by one read for several. */
import { availableParallelism } from 'node:os'
import type { BytePath, DigestCache, FileHasher, HashAlgorithm, HashedFile, HashOptions, HashService } from '@roar/core'
import type { FactorySource } from '../plugins/plugin.ts'
import { CachedDigests, worthCaching } from './cached-digests.ts'
import type { Task } from './hash-task.ts'
import { inlineHash } from './inline-hash.ts'
import { nativeHash } from './native-hash.ts'
import { ProgressCount } from './progress-count.ts'
import { workerHash } from './worker-hash.ts'

export interface HashServiceOptions {
  algorithm(name: string): Promise<HashAlgorithm>
  /** Where a thread finds it; null or absent: it is used on the calling thread only. */
  readonly source?: (name: string) => FactorySource | null
  /** Opened when the first file is worth it; null: none. */
  readonly cache: (() => Promise<DigestCache>) | null
}

/** A file that changes at each of so many attempts is given up. */
const attempts = 3
/** Starting threads takes some 40 ms: fewer files, or bytes, are hashed sooner on the calling thread. */
const worthThreads = { files: 4000, bytes: 64 << 20 }

type Engine = (
  paths: readonly BytePath[],
  task: Pick<Task, 'below'> & { readonly bytes: number },
) => Promise<readonly HashedFile[]>

export function createHashService({ algorithm, source, cache }: HashServiceOptions): HashService {
  const cached = new CachedDigests(cache)
  return {
    async hash(paths, options) {
      const names = [...new Set(options.algorithms)]
      const algorithms = await Promise.all(names.map(algorithm))
      const sources = names.map((name) => source?.(name) ?? null)
      const distinct = new Set(paths)
      const unique = distinct.size === paths.length ? paths : [...distinct]
      const progress = new ProgressCount(unique.length, options.onProgress)
      const files = filesFor(algorithms) ?? (await filesOfPrimary(names, algorithm))
      const engine = chooseEngine(algorithms, sources, files, options, progress)
      const results = await hashAll(unique, names, engine, cached, progress)
      if (unique === paths) return results
      const byPath = new Map(results.map((one) => [one.path, one]))
      return paths.map((path) => byPath.get(path) as HashedFile)
    },
    close: () => cached.close(),
  }
}

/** First whatever is too small for the cache; the same pass brings the stamps of the others, which the cache is asked for. In the order of the paths. */
async function hashAll(
  paths: readonly BytePath[],
  algorithms: readonly string[],
  engine: Engine,
  cached: CachedDigests,
  progress: ProgressCount,
): Promise<readonly HashedFile[]> {
  const moment = cached.moment()
  const results = [...(await engine(paths, { below: worthCaching, bytes: 0 }))]
  const placesOf = (error: string): readonly number[] =>
    results.flatMap((one, place) => (one.error === error ? [place] : []))
  const again = async (places: readonly number[], bytes: number): Promise<void> => {
    if (places.length === 0) return
    const done = await engine(at(places, paths), { below: Number.POSITIVE_INFINITY, bytes })
    for (const [i, place] of places.entries()) results[place] = done[i] as HashedFile
  }
  const large = placesOf('LARGE')
  const known = await cached.find(at(large, results), algorithms, moment)
  progress.finish(known.size)
  for (const place of large) results[place] = known.get(paths[place] as BytePath) ?? (results[place] as HashedFile)
  const rest = placesOf('LARGE')
  const bytes = at(rest, results).reduce((sum, { stamp }) => sum + Number(stamp?.size ?? 0), 0)
  progress.expect(bytes)
  await again(rest, bytes)
  for (let attempt = 1; attempt < attempts; attempt++) await again(placesOf('UNSTABLE'), 0)
  await cached.keep(at(rest, results), moment)
  return results
}

const at = <T>(places: readonly number[], list: readonly T[]): readonly T[] => places.map((place) => list[place] as T)

/** One that reads whole files itself: for its own digest, or for all that are wanted. */
function filesFor(algorithms: readonly HashAlgorithm[]): FileHasher | null {
  const [first, ...others] = algorithms
  if (first && others.length === 0) return first.files ?? null
  const names = algorithms.map((one) => one.name)
  for (const algorithm of algorithms) {
    const files = algorithm.together?.(names)
    if (files) return files
  }
  return null
}

/** The algorithm of identities may know others' as well, also where its own digest is not wanted. */
async function filesOfPrimary(
  names: readonly string[],
  algorithm: HashServiceOptions['algorithm'],
): Promise<FileHasher | null> {
  const known = await algorithm('blake3').catch(() => null)
  return known?.together?.(names) ?? null
}

function chooseEngine(
  algorithms: readonly HashAlgorithm[],
  sources: readonly (FactorySource | null)[],
  files: FileHasher | null,
  { background = false, signal }: HashOptions,
  progress: ProgressCount,
): Engine {
  const shared = { threads: background ? 1 : availableParallelism(), background, signal, progress }
  if (files) return (paths, { below }) => nativeHash(paths, algorithms, files, { ...shared, below })
  const known = sources.filter((one) => one !== null)
  return async (paths, { below, bytes }) => {
    const task = { ...shared, below }
    const worth = paths.length >= worthThreads.files || bytes >= worthThreads.bytes
    if (!worth || known.length < algorithms.length) return inlineHash(paths, algorithms, task)
    const done = await workerHash(paths, algorithms, known, task)
    const left = await inlineHash(
      paths.filter((_, i) => done[i] === null),
      algorithms,
      task,
    )
    const rest = left[Symbol.iterator]()
    return done.map((one) => one ?? (rest.next().value as HashedFile))
  }
}
