/** What a shell had put behind the standard streams of a job: it is in no word of the command. */
import type { JobBody } from '@roar/core'
import { redirections } from '../../run/redirections.ts'
import type { Page } from '../page.ts'

/** `made`: how many outputs the job has. One that has some is seldom asked what it said besides: a terminal's place is taken by a pipe in every CI. */
export function streamLines(page: Page, { environment }: Pick<JobBody, 'environment'>, made: number): void {
  const facts = environment?.facts ?? {}
  const files = redirections(facts)
  if (files !== '') page.field('streams', files)
  const pipes = [
    ...(facts.stdin === 'pipe' ? ['input'] : []),
    ...(facts.stdout === 'pipe' && (made === 0 || page.verbosity > 0) ? ['output'] : []),
  ]
  if (pipes.length === 0) return
  page.field('pipe', page.styles.faint(`standard ${pipes.join(' and ')}: what went through it is in no file`))
}
