/** `roar plugin add NAME`: activates an installed plugin in this workspace. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class PluginAddCommand extends RoarCommand {
  static override paths = [['plugin', 'add']]
  static override usage = Command.Usage({
    details:
      'NAME is an installed package, or a folder (./my-plugin). It is imported once, and refused where that fails; its version and the digest of its files are written to .roar/plugins.lock.',
    examples: [
      ['an installed package', '$0 plugin add roar-hash-crc32'],
      ['a folder', '$0 plugin add ./tools/my-detector'],
    ],
  })

  plugin = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changePlugins } = await import('../../plugins/change-plugins.ts')
    const { pluginsView } = await import('../../output/views/plugins.ts')
    report.answer(await changePlugins(services, 'add', this.plugin), pluginsView)
  }
}
