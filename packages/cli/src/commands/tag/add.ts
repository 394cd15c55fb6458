/** `roar tag add KIND=VALUE… REF`: marks that everything inherits which is made from it. */
import { tagDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { tagView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'

export class TagAddCommand extends RoarCommand {
  static override paths = [['tag', 'add']]
  static override usage = Command.Usage({
    details:
      'A mark on data holds for all that was made from it, before and after; one on a job for what the job made; one on a session for all its jobs. Kinds that others understand: license, contains_pii, jurisdiction, classification, special_category.',
    examples: [
      ['the terms of a data set', '$0 tag add license=CC-BY-4.0 data/in.csv'],
      ['personal data', '$0 tag add contains_pii=true @2'],
    ],
  })

  words = Option.Rest({ required: 2, name: 'KIND=VALUE… REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotate, commonKinds, parseMark } = await import('../../annotations/change.ts')
    const { annotated } = await import('../../annotations/target.ts')
    const { marksHere } = await import('../../annotations/marks-of.ts')
    const place = await annotated(services, this.words.at(-1) as string)
    const marks = this.words.slice(0, -1).map(parseMark)
    for (const { name } of marks)
      if (!commonKinds.some((kind) => kind === name))
        report.note(`'${name}' is a kind of your own: others may not understand it`)
    await annotate(
      services,
      place,
      marks.map((mark) => ({ change: 'add' as const, ...mark })),
    )
    report.answer(tagDocument(place.thing, await marksHere(place)), tagView)
  }
}
