/** `roar plugin info NAME`: one plugin. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class PluginInfoCommand extends RoarCommand {
  static override paths = [['plugin', 'info']]
  static override usage = Command.Usage({ examples: [['what a plugin brings', '$0 plugin info @roar/hash-blake3']] })

  plugin = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { onlyPlugin } = await import('../../plugins/plugins-document.ts')
    const { pluginsView } = await import('../../output/views/plugins.ts')
    report.answer(onlyPlugin(await services.get('plugins'), this.plugin), pluginsView)
  }
}
