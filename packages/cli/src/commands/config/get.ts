/** `roar config get KEY`: one setting's value. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class ConfigGetCommand extends RoarCommand {
  static override paths = [['config', 'get']]
  static override usage = Command.Usage({ examples: [['the algorithm of digests', '$0 config get hash.primary']] })

  key = Option.String({ name: 'KEY' })

  async perform(report: Report, services: Services): Promise<void> {
    const { settingDocument, settingText } = await import('../../config/config-document.ts')
    const document = settingDocument(await services.get('config'), this.key)
    report.answer(document, (page) => page.line(settingText(document.values[0]?.value)))
  }
}
