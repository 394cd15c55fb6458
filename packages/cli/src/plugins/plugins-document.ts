/** `roar.plugins/1`: the active plugins and what they contribute. */
import { nearest, RoarError } from '@roar/core'
import type { PluginHost } from '@roar/host'
import { visible } from '../output/escape.ts'

export type PluginsDocument = ReturnType<typeof pluginsDocument>

export const pluginsDocument = (host: PluginHost) => ({
  schema: 'roar.plugins/1' as const,
  plugins: host
    .list()
    .map(({ name, version, builtin, location, contributes }) => ({ name, version, builtin, location, contributes })),
})

export function onlyPlugin(host: PluginHost, name: string): PluginsDocument {
  const document = pluginsDocument(host)
  const plugins = document.plugins.filter((plugin) => plugin.name === name)
  if (plugins.length > 0) return { ...document, plugins }
  const [near] = nearest(
    name,
    document.plugins.map((plugin) => plugin.name),
  )
  throw new RoarError('ROAR_PLUGIN_UNKNOWN', `No plugin '${visible(name)}' is active here.`, {
    remedy: [...(near ? [`Did you mean: ${near}`] : []), 'roar plugin list', `roar plugin add ${visible(name)}`],
  })
}
