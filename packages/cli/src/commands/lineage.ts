/** `roar lineage REF`: everything upstream of a job or file. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { askedRegistry } from '../registry/registry-option.ts'
import { registryOption } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class LineageCommand extends RoarCommand {
  static override paths = [['lineage']]
  static override usage = Command.Usage({
    details: 'The jobs and files that REF was made from, as they were recorded, down to what came from outside.',
    examples: [
      ['where a model comes from', '$0 lineage model.json'],
      ['made elsewhere: as a registry tells it', '$0 lineage 9f86d081884c7d65 --registry'],
    ],
  })

  registry = registryOption()
  ref = Option.String({ name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const asked = askedRegistry(this.registry)
    if (asked) {
      const { publishedLineage } = await import('../registry/ask-published.ts')
      const { publishedView } = await import('../output/views/published.ts')
      return report.answer(await publishedLineage(services, this.ref, asked), publishedView)
    }
    const { printLineage } = await import('../output/dag/print-lineage.ts')
    await printLineage(report, services, this.ref, 'upstream')
  }
}
