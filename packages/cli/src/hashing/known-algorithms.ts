/** Refuses names of algorithms that no active plugin has. */
import { nearest, RoarError } from '@roar/core'
import type { PluginHost } from '@roar/host'
import { visible } from '../output/escape.ts'

export function requireAlgorithms(plugins: PluginHost, wanted: readonly string[], exitCode = 2): void {
  for (const name of wanted) {
    if (plugins.has('hashes', name) && !name.endsWith('*')) continue
    const names = plugins.contributions('hashes').map((one) => one.name)
    const [near] = nearest(name, names)
    throw new RoarError('ROAR_HASH_UNKNOWN', `There is no hash algorithm '${visible(name)}' here.`, {
      exitCode,
      remedy: [...(near ? [`Did you mean: ${near}`] : []), `Active: ${names.join(', ')}`],
    })
  }
}
