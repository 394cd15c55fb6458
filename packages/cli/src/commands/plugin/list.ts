/** `roar plugin list`: the active plugins and what they contribute. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class PluginListCommand extends RoarCommand {
  static override paths = [['plugin', 'list'], ['plugin']]
  static override usage = Command.Usage({
    details:
      'Listing reads manifests only: no plugin is loaded. Being installed activates nothing; `roar plugin add` does.',
    examples: [['what is active', '$0 plugin list']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { pluginsDocument } = await import('../../plugins/plugins-document.ts')
    const { pluginsView } = await import('../../output/views/plugins.ts')
    report.answer(pluginsDocument(await services.get('plugins')), pluginsView)
  }
}
