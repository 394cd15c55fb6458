/** `roar impact REF`: everything downstream of a job or file. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class ImpactCommand extends RoarCommand {
  static override paths = [['impact']]
  static override usage = Command.Usage({
    details: 'The jobs that used REF, directly or through others, and the files that they made.',
    examples: [['what must be made again when this file is wrong', '$0 impact data/raw.csv']],
  })

  ref = Option.String({ name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { printLineage } = await import('../output/dag/print-lineage.ts')
    await printLineage(report, services, this.ref, 'downstream')
  }
}
