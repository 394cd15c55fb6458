/** `roar tracer disable NAME`: take a tracer’s rights back. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class TracerDisableCommand extends RoarCommand {
  static override paths = [['tracer', 'disable']]
  static override usage = Command.Usage({
    details: 'Whoever runs it then needs the rights himself.',
    examples: [['no more eBPF for plain users', 'sudo $0 tracer disable ebpf']],
  })

  tracer = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changeTracer } = await import('../../tracers/change-tracer.ts')
    const { tracersView } = await import('../../output/views/tracers.ts')
    report.answer(await changeTracer(services, 'disable', this.tracer), tracersView)
  }
}
