/** `roar env`, `roar env list`: the variables that runs and builds of this workspace get. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class EnvListCommand extends RoarCommand {
  static override paths = [['env', 'list'], ['env']]
  static override usage = Command.Usage({
    details: `Variables that every command of run and build gets, over what the shell has, and that are recorded with each job: a reproduction
      has them again. They stand in .roar/config.toml, [env.set]. Secrets do not belong there; one that was written there by hand is never shown.`,
    examples: [
      ['what is set', '$0 env'],
      ['one thread, always', '$0 env set OMP_NUM_THREADS=1'],
      ['for programs', '$0 env list --json'],
    ],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { envDocument } = await import('../../environment/env-document.ts')
    const { envView } = await import('../../output/views/env.ts')
    report.answer(await envDocument(services), envView)
  }
}
