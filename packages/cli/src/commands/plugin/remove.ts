/** `roar plugin remove NAME`: deactivates a plugin in this workspace. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class PluginRemoveCommand extends RoarCommand {
  static override paths = [['plugin', 'remove']]
  static override usage = Command.Usage({
    details: 'The package stays installed; the workspace uses it no more.',
    examples: [['no more of it', '$0 plugin remove roar-hash-crc32']],
  })

  plugin = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changePlugins } = await import('../../plugins/change-plugins.ts')
    const { pluginsView } = await import('../../output/views/plugins.ts')
    report.answer(await changePlugins(services, 'remove', this.plugin), pluginsView)
  }
}
