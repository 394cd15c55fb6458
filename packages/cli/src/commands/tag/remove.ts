/** `roar tag rm KIND[=VALUE]… REF`: takes marks away where they were put. */
import { RoarError, tagDocument } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { tagView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'

export class TagRemoveCommand extends RoarCommand {
  static override paths = [['tag', 'rm']]
  static override usage = Command.Usage({
    details: 'Only where it was put: an inherited mark is taken away where it comes from, which roar tag show tells.',
    examples: [['it was wrong', '$0 tag rm contains_pii=true @2']],
  })

  words = Option.Rest({ required: 2, name: 'KIND[=VALUE]… REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotate, checkedKind, parseMark } = await import('../../annotations/change.ts')
    const { annotated } = await import('../../annotations/target.ts')
    const { marksHere } = await import('../../annotations/marks-of.ts')
    const place = await annotated(services, this.words.at(-1) as string)
    const removed = this.words
      .slice(0, -1)
      .map((word) => (word.includes('=') ? parseMark(word) : { name: checkedKind(word), value: null }))
    const before = await marksHere(place)
    for (const { name, value } of removed) {
      const found = before.filter((mark) => mark.name === name && (value === null || mark.value === value))
      if (!found.some((mark) => mark.own))
        throw notHere(name, found[0]?.from[0]?.path ?? found[0]?.from[0]?.step ?? null)
    }
    await annotate(
      services,
      place,
      removed.map((mark) => ({ change: 'remove' as const, ...mark })),
    )
    report.answer(tagDocument(place.thing, await marksHere(place)), tagView)
  }
}

const notHere = (name: string, from: string | null): RoarError =>
  new RoarError('ROAR_TAG_ELSEWHERE', `No mark '${name}' was put there.`, {
    cause: from === null ? '' : `It is inherited from ${from}.`,
    remedy: from === null ? ['roar tag show REF lists the marks'] : [`roar tag rm ${name} ${from}`],
  })
