/** The active tracers, as the choice between them looks at them: by their manifests, each loaded only when it is its turn. */
import type { PluginHost } from '../plugins/plugin-host.ts'
import type { TracerCandidates } from './choose-tracer.ts'

export function tracerCandidates(plugins: PluginHost): TracerCandidates {
  const all = plugins.contributions('tracers')
  return {
    names: all.map(({ name }) => name),
    load: (name) => plugins.load('tracers', name),
    sockets: (name) => all.find((one) => one.name === name)?.sockets ?? [],
  }
}
