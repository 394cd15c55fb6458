/** The detectors of the active plugins, those that only form composites apart: most jobs keep no file, and do not pay for them. */
import type { ArtifactDetector, Classifier } from '@roar/core'
import { leftOut, type Warn } from '../plugins/left-out.ts'
import type { Contribution } from '../plugins/plugin.ts'
import { failedPlugin, type PluginHost } from '../plugins/plugin-host.ts'
import { guardedDetector } from './guarded-detector.ts'

/** `anew`: detectors that remember nothing; else those that were made at the first use. */
export async function loadDetectors(
  plugins: PluginHost,
  warn: Warn,
  how: 'kept' | 'anew' = 'kept',
): Promise<Pick<Classifier, 'detectors' | 'forming'>> {
  const strangers = new Set(plugins.list().flatMap(({ name, builtin }) => (builtin ? [] : [name])))
  const get: Get = (name) => (how === 'anew' ? plugins.make('detectors', name) : plugins.load('detectors', name))
  const load = async (which: (one: Contribution) => boolean): Promise<readonly ArtifactDetector[]> => {
    const wanted = plugins.contributions('detectors').filter(which)
    const loaded = wanted.map((one) =>
      // Without one of ours a credential would be hashed: that is no record.
      strangers.has(one.plugin) ? loadStranger(get, one, warn) : get(one.name),
    )
    return (await Promise.all(loaded)).filter((one) => one !== null)
  }
  return { detectors: await load((one) => !one.composites), forming: () => load((one) => one.composites) }
}

type Get = (name: string) => Promise<ArtifactDetector>

async function loadStranger(get: Get, one: Contribution, warn: Warn): Promise<ArtifactDetector | null> {
  try {
    const detector = await get(one.name)
    return guardedDetector(detector, (error) => warn(leftOut(failedPlugin(one, error, 'failed in'))))
  } catch (error) {
    warn(leftOut(error))
    return null
  }
}
