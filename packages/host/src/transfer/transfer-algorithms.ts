/** The algorithms of one transfer: as configured, and whatever else can tell whether the bytes are the right ones. */
import type { HashAlgorithm } from '@roar/core'
import type { PluginHost } from '../plugins/plugin-host.ts'

/** `wanted` must be there; of `useful`, those that an active plugin has. */
export function transferAlgorithms(
  plugins: PluginHost,
  wanted: readonly string[],
  useful: readonly string[],
): Promise<readonly HashAlgorithm[]> {
  const known = useful.filter((name) => plugins.has('hashes', name))
  return Promise.all([...new Set([...wanted, ...known])].map((name) => plugins.load('hashes', name)))
}
