/** `roar label unset KEY… REF`: takes notes away; the history keeps them. */
import { type AnnotationRow, labelDocument, labelsOf, nearest, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import { visible } from '../../output/escape.ts'
import type { Report } from '../../output/report.ts'
import { labelNames, labelView } from '../../output/views/annotations.ts'
import { RoarCommand } from '../roar-command.ts'
import { idsOf } from './set.ts'

export class LabelUnsetCommand extends RoarCommand {
  static override paths = [['label', 'unset']]
  static override usage = Command.Usage({
    details: 'A group goes with everything in it.',
    examples: [['one and a group', '$0 label unset owner model model.bin']],
  })

  words = Option.Rest({ required: 2, name: 'KEY… REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { annotate, checkedName } = await import('../../annotations/change.ts')
    const { annotated } = await import('../../annotations/target.ts')
    const place = await annotated(services, this.words.at(-1) as string)
    const names = this.words.slice(0, -1).map(checkedName)
    const before = await place.store.annotations(idsOf(place.target))
    for (const name of names) requireLabel(name, before)
    await annotate(
      services,
      place,
      names.map((name) => ({ change: 'unset' as const, name, value: null })),
    )
    report.answer(labelDocument(place.thing, await place.store.annotations(idsOf(place.target))), labelView)
  }
}

/** A name that is none would be said to have gone, and stay where it is meant. */
function requireLabel(name: string, rows: readonly AnnotationRow[]): void {
  const names = labelNames(labelsOf(rows))
  if (names.some((one) => one === name || one.startsWith(`${name}.`))) return
  const [near] = nearest(name, names)
  throw new RoarError('ROAR_LABEL_UNKNOWN', `No label '${visible(name)}' is set there.`, {
    ...(near && { cause: `Did you mean ${visible(near)}?` }),
    remedy: ['roar label show REF lists the labels'],
    data: { name, nearest: near ?? null },
  })
}
