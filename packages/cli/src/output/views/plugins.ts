/** Plugins for people. */
import { contributionNames } from '@roar/host'
import type { PluginsDocument } from '../../plugins/plugins-document.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function pluginsView(page: Page, { plugins }: PluginsDocument): void {
  page.table(
    plugins.map((plugin) => [
      visible(plugin.name),
      visible(plugin.version),
      page.styles.faint(plugin.builtin ? 'built in' : visible(plugin.location)),
      plugin.contributes.map((one) => `${contributionNames[one.kind]} ${visible(one.name)}`).join(', '),
    ]),
    [],
    '',
  )
}
