/** The detectors of the active plugins, those that only form composites apart: most jobs keep no file, and do not pay for them. */
import { type ArtifactDetector, type Classifier, isRoarError } from '@roar/core'
import type { Contribution } from '../plugins/plugin.ts'
import { failedPlugin, type PluginHost } from '../plugins/plugin-host.ts'
import { guardedDetector } from './guarded-detector.ts'

/** Hears once of each detector that could not be asked; the job is recorded without it. */
export type Warn = (message: string) => void

export async function loadDetectors(
  plugins: PluginHost,
  warn: Warn,
): Promise<Pick<Classifier, 'detectors' | 'forming'>> {
  const strangers = new Set(plugins.list().flatMap(({ name, builtin }) => (builtin ? [] : [name])))
  const load = async (which: (one: Contribution) => boolean): Promise<readonly ArtifactDetector[]> => {
    const wanted = plugins.contributions('detectors').filter(which)
    const loaded = wanted.map((one) =>
      // Without one of ours a credential would be hashed: that is no record.
      strangers.has(one.plugin) ? loadStranger(plugins, one, warn) : plugins.load('detectors', one.name),
    )
    return (await Promise.all(loaded)).filter((one) => one !== null)
  }
  return { detectors: await load((one) => !one.composites), forming: () => load((one) => one.composites) }
}

async function loadStranger(plugins: PluginHost, one: Contribution, warn: Warn): Promise<ArtifactDetector | null> {
  try {
    const detector = await plugins.load('detectors', one.name)
    return guardedDetector(detector, (error) => warn(textOf(failedPlugin(one, error, 'failed in'))))
  } catch (error) {
    warn(textOf(error))
    return null
  }
}

function textOf(error: unknown): string {
  if (!isRoarError(error)) return String(error)
  const { message, code, why, remedy } = error
  const lines = [`${message}; this job is recorded without it [${code}]`, ...(why ? [why] : [])]
  return [...lines, ...remedy.map((way) => `→ ${way}`)].join('\n')
}
