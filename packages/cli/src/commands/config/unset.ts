/** `roar config unset KEY`: removes a setting of the workspace, so that the default holds again. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class ConfigUnsetCommand extends RoarCommand {
  static override paths = [['config', 'unset']]
  static override usage = Command.Usage({ examples: [['back to the default', '$0 config unset hash.primary']] })

  user = Option.Boolean('--user', false, { description: 'your settings for all workspaces' })
  key = Option.String({ name: 'KEY' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changeSetting } = await import('../../config/change-setting.ts')
    const document = await changeSetting(services, this.key, null, this.user)
    report.answer(document, () => {})
  }
}
