/** Activates or deactivates a plugin, and answers with those that are active then. */
import { builtinPlugins } from '../composition/builtin-plugins.ts'
import type { Services } from '../composition/services.ts'
import { type PluginsDocument, pluginsDocument } from './plugins-document.ts'

export async function changePlugins(
  services: Services,
  change: 'add' | 'remove',
  name: string,
): Promise<PluginsDocument> {
  const { addPlugin, removePlugin } = await import('@roar/host')
  const workspace = await services.get('workspace')
  await (change === 'add' ? addPlugin : removePlugin)(workspace, name, {
    builtins: builtinPlugins,
    trial: true,
    directory: services.get('directory'),
  })
  return pluginsDocument(await services.at(workspace.root).get('plugins'))
}
