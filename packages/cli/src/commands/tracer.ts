/** `roar tracer`: the active tracers and what each can see. */
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class TracerCommand extends RoarCommand {
  static override paths = [['tracer'], ['tracer', 'list']]
  static override usage = Command.Usage({
    details: 'The active tracers, whether they work on this machine, what they see and what they miss.',
    examples: [
      ['what is there', '$0 tracer'],
      ['what would be seen of a program', '$0 tracer check ./train.sh'],
    ],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { reportTracers } = await import('../tracers/report-tracers.ts')
    const { tracersView } = await import('../output/views/tracers.ts')
    report.answer(await reportTracers(services, ['true']), tracersView)
  }
}
