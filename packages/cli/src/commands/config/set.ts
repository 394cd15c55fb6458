/** `roar config set KEY VALUE`: writes a setting of the workspace. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class ConfigSetCommand extends RoarCommand {
  static override paths = [['config', 'set']]
  static override usage = Command.Usage({
    details:
      'Writes .roar/config.toml, or with --user your own settings; comments in the file stay. Several values make a list.',
    examples: [
      ['record SHA-256 as well', '$0 config set hash.run blake3 sha256'],
      ['never leave out these files', "$0 config set filter.track '/opt/data/**'"],
    ],
  })

  user = Option.Boolean('--user', false, { description: 'your settings for all workspaces' })
  key = Option.String({ name: 'KEY' })
  words = Option.Rest({ required: 1, name: 'VALUE' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changeSetting } = await import('../../config/change-setting.ts')
    const document = await changeSetting(services, this.key, this.words, this.user)
    report.answer(document, () => {})
  }
}
