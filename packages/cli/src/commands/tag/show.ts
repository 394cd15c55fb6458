/** `roar tag show REF`: the marks that hold, and where each comes from. */
import { tagDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { tagView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'

export class TagShowCommand extends RoarCommand {
  static override paths = [['tag'], ['tag', 'show']]
  static override usage = Command.Usage({
    details: 'Own marks and inherited ones, each with the file, job or session that it was put on.',
    examples: [['may I publish this?', '$0 tag show model.bin']],
  })

  ref = Option.String({ name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotated } = await import('../../annotations/target.ts')
    const { marksHere } = await import('../../annotations/marks-of.ts')
    const place = await annotated(services, this.ref)
    report.answer(tagDocument(place.thing, await marksHere(place)), tagView)
  }
}
