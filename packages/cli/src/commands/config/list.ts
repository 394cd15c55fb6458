/** `roar config list`: all settings and where each value came from. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class ConfigListCommand extends RoarCommand {
  static override paths = [['config', 'list'], ['config']]
  static override usage = Command.Usage({
    details:
      'A value comes from, in this order: an option, the environment (ROAR_…), the workspace, the user, the default.',
    examples: [
      ['what is set, and where', '$0 config list --origin'],
      ['for a program', '$0 config list --json'],
    ],
  })

  origin = Option.Boolean('--origin', false, { description: 'say where each value came from' })

  async perform(report: Report, services: Services): Promise<void> {
    const { configDocument } = await import('../../config/config-document.ts')
    const { configView } = await import('../../output/views/config.ts')
    report.answer(configDocument(await services.get('config')), (page, document) =>
      configView(page, document, this.origin),
    )
  }
}
