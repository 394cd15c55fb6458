/** `roar plugin check`: loads every contribution and holds it against its contract and the lock. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class PluginCheckCommand extends RoarCommand {
  static override paths = [['plugin', 'check']]
  static override usage = Command.Usage({
    details:
      'Exit code 1 when a plugin has changed since it was added, cannot be loaded, or does not keep its contract.',
    examples: [['after an update', '$0 plugin check']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { examinePlugins } = await import('../../plugins/examine-plugins.ts')
    const { checkRows } = await import('../../output/views/checks.ts')
    const document = await examinePlugins(services)
    report.answer(document, (page) => checkRows(page, document.checks))
    if (!document.ok) report.exitCode = 1
  }
}
