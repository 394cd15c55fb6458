/** `roar doctor`: what works here and what does not. */
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class DoctorCommand extends RoarCommand {
  static override paths = [['doctor']]
  static override usage = Command.Usage({
    details: 'Tries everything that roar needs and checks the database. Exit code 1 when something does not work.',
    examples: [['for a bug report', '$0 doctor --json']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { examine } = await import('../doctor/examine.ts')
    const { checkRows } = await import('../output/views/checks.ts')
    const document = await examine(services)
    report.answer(document, (page) => checkRows(page, document.checks))
    if (!document.ok) report.exitCode = 1
  }
}
