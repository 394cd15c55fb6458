/** The detectors of the active plugins, those that only form composites apart: most jobs keep no file, and do not pay for them. */
import type { Classifier } from '@roar/core'
import type { PluginHost } from '../plugins/plugin-host.ts'

export async function loadDetectors(plugins: PluginHost): Promise<Pick<Classifier, 'detectors' | 'forming'>> {
  const detectors = await plugins.loadAll('detectors', (one) => !one.composites)
  return { detectors, forming: () => plugins.loadAll('detectors', (one) => one.composites) }
}
