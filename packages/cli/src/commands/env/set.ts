/** `roar env set NAME=VALUE…`: variables for every run and build of this workspace. */
import { setVariables } from '@roar/host'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class EnvSetCommand extends RoarCommand {
  static override paths = [['env', 'set']]
  static override usage = Command.Usage({
    details: `They hold from the next command on, in all of this workspace, and are recorded with their values. Secrets are refused: hand those over
      in the environment of the command. Of several, all are set or none.`,
    examples: [
      ['one thread, and the same hashes each time', '$0 env set OMP_NUM_THREADS=1 PYTHONHASHSEED=0'],
      ['a value with spaces', "$0 env set TITLE 'two words'"],
    ],
  })

  words = Option.Rest({ required: 1, name: 'NAME=VALUE' })

  async perform(report: Report, services: Services): Promise<void> {
    const { parseVariables } = await import('../../environment/parse-variables.ts')
    const { envDocument } = await import('../../environment/env-document.ts')
    const variables = parseVariables(this.words)
    const [workspace, config] = await Promise.all([services.get('workspace'), services.get('config')])
    await setVariables(workspace, config, services.get('env'), variables)
    const names = variables.map(([name]) => name)
    report.answer(await envDocument(services.at(workspace.root), names), () => {})
  }
}
