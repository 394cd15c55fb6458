/** `roar label history REF`, `roar tag history REF`: every change to notes or marks, newest last. */
import { historyDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { historyView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'
import { idsOf } from './set.ts'

abstract class HistoryCommand extends RoarCommand {
  ref = Option.String({ name: 'REF' })
  abstract readonly changes: readonly string[]

  async perform(report: Report, services: Services): Promise<void> {
    const { annotated } = await import('../../annotations/target.ts')
    const place = await annotated(services, this.ref)
    const rows = await place.store.annotations(idsOf(place.target))
    const own = rows.filter((row) => this.changes.includes(row.change))
    report.answer(historyDocument(place.thing, own), historyView)
  }
}

export class LabelHistoryCommand extends HistoryCommand {
  static override paths = [['label', 'history']]
  static override usage = Command.Usage({
    details: 'Nothing is rewritten: what was taken away is here.',
    examples: [['what was noted when?', '$0 label history model.bin']],
  })
  readonly changes = ['set', 'unset']
}

export class TagHistoryCommand extends HistoryCommand {
  static override paths = [['tag', 'history']]
  static override usage = Command.Usage({
    details: 'Marks put here and taken away here; those that are inherited are not.',
    examples: [['who said it is free?', '$0 tag history data/in.csv']],
  })
  readonly changes = ['add', 'remove']
}
