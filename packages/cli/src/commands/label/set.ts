/** `roar label set KEY=VALUE… REF`: writes notes on a session, job or artifact. */
import { labelDocument, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { labelView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'

export class LabelSetCommand extends RoarCommand {
  static override paths = [['label', 'set']]
  static override usage = Command.Usage({
    details:
      'Dots make groups: model.name is name within model. A value that reads as a number, true or false is one. Labels of an artifact belong to its content, whatever its name.',
    examples: [
      ['what this model is', '$0 label set model.name=resnet accuracy=0.93 model.bin'],
      ['on a job', '$0 label set owner=ada @3'],
      ['on the session', '$0 label set "title=First try" session:current'],
    ],
  })

  words = Option.Rest({ required: 2, name: 'KEY=VALUE… REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotate, parseLabel } = await import('../../annotations/change.ts')
    const { annotated } = await import('../../annotations/target.ts')
    const ref = this.words.at(-1) as string
    const changes = this.words.slice(0, -1).map((word) => ({ change: 'set' as const, ...parseLabel(word) }))
    if (changes.length === 0) throw new RoarError('ROAR_USAGE', 'No label is given.', { exitCode: 2 })
    const place = await annotated(services, ref)
    await annotate(services, place, changes)
    const rows = await place.store.annotations(idsOf(place.target))
    report.answer(labelDocument(place.thing, rows), labelView)
  }
}

export const idsOf = ({ of, id }: { readonly of: 'session' | 'job' | 'artifact'; readonly id: number }) => ({
  [`${of}s`]: [id],
})
