/** `roar env unset NAME…`: the shell's own value counts again. */
import { unsetVariables } from '@roar/host'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class EnvUnsetCommand extends RoarCommand {
  static override paths = [['env', 'unset']]
  static override usage = Command.Usage({
    details: 'What jobs were recorded with stays in their record.',
    examples: [['as many threads as the shell says', '$0 env unset OMP_NUM_THREADS']],
  })

  names = Option.Rest({ required: 1, name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { envDocument } = await import('../../environment/env-document.ts')
    const [workspace, config] = await Promise.all([services.get('workspace'), services.get('config')])
    await unsetVariables(workspace, config, this.names)
    report.answer(await envDocument(services.at(workspace.root)), () => {})
  }
}
