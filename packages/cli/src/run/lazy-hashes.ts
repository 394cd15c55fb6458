/** A hash service that is loaded when the first file is to be hashed: a run that reads and writes nothing never pays for it. */
import type { HashService } from '@roar/core'

export function lazyHashes(load: () => Promise<HashService>): HashService {
  let loading: Promise<HashService> | null = null
  const loaded = (): Promise<HashService> => {
    loading ??= load()
    return loading
  }
  return {
    hash: async (paths, options) => (paths.length === 0 ? [] : (await loaded()).hash(paths, options)),
    close: async () => (await loading)?.close(),
  }
}
