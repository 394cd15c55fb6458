/** Names of algorithms: those that are in use, and no others than active plugins have. */
import { isRoarError, nearest, RoarError } from '@roar/core'
import type { Config, PluginHost } from '@roar/host'
import { visible } from '../output/escape.ts'

export async function requireAlgorithms(plugins: PluginHost, wanted: readonly string[], exitCode = 2): Promise<void> {
  for (const name of wanted) {
    if (!plugins.has('hashes', name) || name.endsWith('*')) throw unknown(plugins, name, exitCode)
    // Of a pattern like `s3-etag-*` only the plugin knows which names it has.
    if (!plugins.contributions('hashes').some((one) => one.name === name)) await asked(plugins, name, exitCode)
  }
}

function unknown(plugins: PluginHost, name: string, exitCode: number): RoarError {
  const names = plugins.contributions('hashes').map((one) => one.name)
  const [near] = nearest(name, names)
  return new RoarError('ROAR_HASH_UNKNOWN', `There is no hash algorithm '${visible(name)}' here.`, {
    exitCode,
    remedy: [...(near ? [`Did you mean: ${near}`] : []), `Active: ${names.join(', ')}`],
  })
}

async function asked(plugins: PluginHost, name: string, exitCode: number): Promise<void> {
  try {
    await plugins.load('hashes', name)
  } catch (error) {
    if (!isRoarError(error) || error.code !== 'ROAR_HASH_UNKNOWN') throw error
    throw new RoarError(error.code, error.message, { exitCode, cause: error.why, remedy: error.remedy })
  }
}

/** By which runs are recorded here. */
export const recordedAlgorithms = (config: Pick<Config, 'get'>): readonly string[] => [
  ...new Set([config.get('hash.primary'), ...config.get('hash.run')]),
]
