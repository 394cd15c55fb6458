/** `roar tracer enable NAME`: give a tracer the rights that it needs here. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class TracerEnableCommand extends RoarCommand {
  static override paths = [['tracer', 'enable']]
  static override usage = Command.Usage({
    details:
      'For every user of this machine, and only by root: `ebpf` gets file capabilities (CAP_BPF, CAP_PERFMON) on its daemon, no set-uid.',
    examples: [['the eBPF tracer for everybody', 'sudo $0 tracer enable ebpf']],
  })

  tracer = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { changeTracer } = await import('../../tracers/change-tracer.ts')
    const { tracersView } = await import('../../output/views/tracers.ts')
    report.answer(await changeTracer(services, 'enable', this.tracer), tracersView)
  }
}
