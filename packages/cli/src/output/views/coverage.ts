/** What the tracer could not see: printed wherever a job is. */
import type { JobBody } from '@roar/core'
import { visible } from '../escape.ts'
import type { Page } from '../page.ts'

export function coverageLines(page: Page, tracer: JobBody['tracer']): void {
  if (tracer === null) return
  const whole = tracer.coverage.complete && tracer.coverage.gaps.length === 0
  if (whole) page.field('coverage', page.styles.good('complete'))
  else gaps(page, tracer)
}

function gaps(page: Page, tracer: NonNullable<JobBody['tracer']>): void {
  page.field(
    'coverage',
    page.styles.warn(tracer.coverage.complete ? 'complete, with remarks' : 'incomplete: something was not seen'),
  )
  page.table(
    tracer.coverage.gaps.map((gap) => [page.styles.warn(gap.code), `×${gap.count}`, visible(gap.detail)]),
    [],
    '    ',
  )
}
