/** `roar env get NAME`: the value of one variable. */
import { requireVariable } from '@roar/host'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class EnvGetCommand extends RoarCommand {
  static override paths = [['env', 'get']]
  static override usage = Command.Usage({
    details:
      'Prints the value alone. Exit status 1 when the variable is not set in this workspace, whatever the shell has.',
    examples: [['the number of threads', '$0 env get OMP_NUM_THREADS']],
  })

  variable = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { envDocument } = await import('../../environment/env-document.ts')
    requireVariable(await services.get('config'), this.variable)
    const document = await envDocument(services, [this.variable])
    report.answer(document, (page) => page.line(document.variables[0]?.value ?? ''))
  }
}
