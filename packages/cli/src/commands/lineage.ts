/** `roar lineage REF`: everything upstream of a job or file. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class LineageCommand extends RoarCommand {
  static override paths = [['lineage']]
  static override usage = Command.Usage({
    details: 'The jobs and files that REF was made from, as they were recorded, down to what came from outside.',
    examples: [['where a model comes from', '$0 lineage model.json']],
  })

  ref = Option.String({ name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { printLineage } = await import('../output/dag/print-lineage.ts')
    await printLineage(report, services, this.ref, 'upstream')
  }
}
