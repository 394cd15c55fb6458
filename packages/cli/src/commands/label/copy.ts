/** `roar label cp FROM TO`: writes the notes of one thing on another. */
import { labelDocument, labelsOf } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { labelView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'
import { idsOf } from './set.ts'

export class LabelCopyCommand extends RoarCommand {
  static override paths = [['label', 'cp']]
  static override usage = Command.Usage({
    details: 'What stands there already under other names stays.',
    examples: [['from the job to what it made', '$0 label cp @3 model.bin']],
  })

  from = Option.String({ name: 'FROM' })
  to = Option.String({ name: 'TO' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotate } = await import('../../annotations/change.ts')
    const { annotated } = await import('../../annotations/target.ts')
    const [from, to] = [await annotated(services, this.from), await annotated(services, this.to)]
    const labels = labelsOf(await from.store.annotations(idsOf(from.target)))
    const changes = Object.entries(flat(labels)).map(([name, value]) => ({ change: 'set' as const, name, value }))
    await annotate(services, to, changes)
    report.answer(labelDocument(to.thing, await to.store.annotations(idsOf(to.target))), labelView)
  }
}

function flat(labels: Readonly<Record<string, unknown>>, before = ''): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(labels)) {
    if (typeof value === 'object' && value !== null)
      Object.assign(found, flat(value as Record<string, unknown>, `${before}${name}.`))
    else found[before + name] = value
  }
  return found
}
