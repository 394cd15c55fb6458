/** `roar label show REF`: the notes on a session, job or artifact. */
import { labelDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { labelView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'
import { idsOf } from './set.ts'

export class LabelShowCommand extends RoarCommand {
  static override paths = [['label'], ['label', 'show']]
  static override usage = Command.Usage({
    details: 'Labels are set by roar label set; roar register publishes them.',
    examples: [['what is noted?', '$0 label show model.bin']],
  })

  ref = Option.String({ required: false, name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotated } = await import('../../annotations/target.ts')
    const place = await annotated(services, this.ref ?? 'session:current')
    report.answer(labelDocument(place.thing, await place.store.annotations(idsOf(place.target))), labelView)
  }
}
