/** Prints what lies upstream or downstream of a reference. */
import { type Direction, flow, lineageDocument } from '@roar/core'
import type { Services } from '../../composition/services.ts'
import { readLineage } from '../../graph/read-lineage.ts'
import { visible } from '../escape.ts'
import type { Report } from '../report.ts'
import { drawFlow } from './draw.ts'
import { dagLabels } from './labels.ts'

export async function printLineage(
  report: Report,
  services: Services,
  of: string,
  direction: Direction,
): Promise<void> {
  const { rows, staleness, session } = await readLineage(services, of, direction)
  report.answer(lineageDocument(rows, { of, direction, session, staleness }), (page) => {
    if (rows.jobs.length === 0) page.line(`Nothing is recorded ${direction} of ${visible(of)}.`)
    drawFlow(page, flow(rows, staleness, { withCode: page.verbosity > 0 }), dagLabels(page, staleness))
  })
}
