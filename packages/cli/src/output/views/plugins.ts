/** Plugins for people. */
import type { PluginsDocument } from '../../plugins/plugins-document.ts'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function pluginsView(page: Page, { plugins }: PluginsDocument): void {
  page.table(
    plugins.map((plugin) => [
      visible(plugin.name),
      visible(plugin.version),
      page.styles.faint(plugin.builtin ? 'built in' : visible(plugin.location)),
      plugin.contributes.map((one) => `${singular[one.kind] ?? one.kind} ${visible(one.name)}`).join(', '),
    ]),
    [],
    '',
  )
}

const singular: Readonly<Record<string, string>> = {
  tracers: 'tracer',
  hashes: 'hash',
  detectors: 'detector',
  stores: 'store',
  registries: 'registry',
  comparers: 'comparer',
  exporters: 'exporter',
  storages: 'storage',
}
