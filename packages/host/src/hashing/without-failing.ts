/** Hashing for a record: an algorithm of a stranger that fails is left out, for a job that has run is recorded whatever a plugin does. */
import { type HashedFile, type HashService, isRoarError } from '@roar/core'
import { leftOut, type Warn } from '../plugins/left-out.ts'

/** `warn` hears once of each that is left out. */
export function withoutFailing(hashes: HashService, warn: Warn): HashService {
  const failing = new Set<string>()
  const hash: HashService['hash'] = async (paths, options) => {
    const algorithms = options.algorithms.filter((name) => !failing.has(name))
    if (algorithms.length === 0) return paths.map(unhashed)
    try {
      return await hashes.hash(paths, { ...options, algorithms })
    } catch (error) {
      const name = failedHash(error)
      // Another call may have met it at the same time.
      if (name === null || !algorithms.includes(name)) throw error
      if (!failing.has(name)) warn(leftOut(error))
      failing.add(name)
      return hash(paths, options)
    }
  }
  return { hash, close: () => hashes.close() }
}

const unhashed = (path: HashedFile['path']): HashedFile => ({ path, digests: null, error: 'PLUGIN', stamp: null })

function failedHash(error: unknown): string | null {
  if (!isRoarError(error) || !/^ROAR_PLUGIN_/.test(error.code)) return null
  const { kind, name } = error.data
  return kind === 'hashes' && typeof name === 'string' ? name : null
}
