/** Hashes files for all algorithms at once: from the cache, by an algorithm's own threads, or by one read for several. */
import { availableParallelism } from 'node:os'
import type { BytePath, DigestCache, FileHasher, HashAlgorithm, HashedFile, HashOptions, HashService } from '@roar/core'
import type { FactorySource } from '../plugins/plugin.ts'
import { CachedDigests, worthCaching } from './cached-digests.ts'
import type { Task } from './hash-task.ts'
import { inlineHash } from './inline-hash.ts'
import { nativeHash } from './native-hash.ts'
import { ProgressCount } from './progress-count.ts'

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
      const unique = [...new Set(paths)]
      const progress = new ProgressCount(unique.length, options.onProgress)
      const engine = chooseEngine(algorithms, sources, options, progress)
      const results = await hashAll(unique, names, engine, cached, progress)
      return paths.map((path) => results.get(path) as HashedFile)
    },
    close: () => cached.close(),
  }
}

/** First whatever is too small for the cache; the same pass brings the stamps of the others, which the cache is asked for. */
async function hashAll(
  paths: readonly BytePath[],
  algorithms: readonly string[],
  engine: Engine,
  cached: CachedDigests,
  progress: ProgressCount,
): Promise<ReadonlyMap<BytePath, HashedFile>> {
  const moment = cached.moment()
  const results = new Map<BytePath, HashedFile>()
  const note = (files: Iterable<HashedFile>) => {
    for (const one of files) results.set(one.path, one)
  }
  note(await engine(paths, { below: worthCaching, bytes: 0 }))
  const large = [...results.values()].filter((one) => one.error === 'LARGE')
  const known = await cached.find(large, algorithms, moment)
  progress.finish(known.size)
  note(known.values())
  const rest = large.filter((one) => !known.has(one.path))
  const bytes = rest.reduce((sum, { stamp }) => sum + Number(stamp?.size ?? 0), 0)
  progress.expect(bytes)
  if (rest.length > 0) note(await engine(pathsOf(rest), { below: Number.POSITIVE_INFINITY, bytes }))
  for (let attempt = 1; attempt < attempts; attempt++) {
    const moved = pathsOf([...results.values()].filter((one) => one.error === 'UNSTABLE'))
    if (moved.length > 0) note(await engine(moved, { below: Number.POSITIVE_INFINITY, bytes: 0 }))
  }
  await cached.keep(
    rest.flatMap((one) => results.get(one.path) ?? []),
    moment,
  )
  return results
}

const pathsOf = (files: readonly HashedFile[]): readonly BytePath[] => files.map((one) => one.path)

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

function chooseEngine(
  algorithms: readonly HashAlgorithm[],
  sources: readonly (FactorySource | null)[],
  { background = false, signal }: HashOptions,
  progress: ProgressCount,
): Engine {
  const shared = { threads: background ? 1 : availableParallelism(), background, signal, progress }
  const files = filesFor(algorithms)
  if (files) return (paths, { below }) => nativeHash(paths, algorithms, files, { ...shared, below })
  const known = sources.filter((one) => one !== null)
  return async (paths, { below, bytes }) => {
    const task = { ...shared, below }
    const worth = paths.length >= worthThreads.files || bytes >= worthThreads.bytes
    if (!worth || known.length < algorithms.length) return inlineHash(paths, algorithms, task)
    const { workerHash } = await import('./worker-hash.ts')
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
