/** The active tracers, as the choice between them looks at them: by their manifests, each loaded only when it is its turn. */
import type { Contribution } from '../plugins/plugin.ts'
import type { PluginHost } from '../plugins/plugin-host.ts'
import type { TracerCandidates } from './choose-tracer.ts'

export function tracerCandidates(plugins: PluginHost): TracerCandidates {
  const all = plugins.contributions('tracers')
  return {
    names: all.map(({ name }) => name),
    load: (name) => plugins.load('tracers', name),
    sockets: (name) => socketsOf(all.find((one) => one.name === name)),
  }
}

/** As the tracer itself will look for its daemon. */
function socketsOf(tracer: Contribution | undefined): readonly string[] {
  const asked = tracer?.socketVariable && process.env[tracer.socketVariable]
  return asked ? [asked] : (tracer?.sockets ?? [])
}
