/** Where the repository asks for clean runs, dirty ones are not published by accident. */
import { type JobRow, RoarError, stepName } from '@roar/core'
import { count } from '../output/humane.ts'

export function requireCleanJobs(dirty: readonly JobRow[], requireClean: boolean): void {
  if (dirty.length === 0 || !requireClean) return
  const named = dirty.slice(0, 5).map((job) => `${stepName(job.step)} ${job.uid}`)
  const more = dirty.length - named.length
  throw new RoarError(
    'ROAR_REGISTER_DIRTY',
    `${count(dirty.length, 'job')} of this lineage ran on a dirty work tree.`,
    {
      cause: `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}: their commit does not say which code ran.`,
      remedy: [
        'commit, run them again, and register that',
        '--no-dirty leaves them out, and says what that cuts off',
        '--allow-dirty publishes them, marked as dirty',
      ],
      data: { jobs: dirty.map((job) => job.uid) },
    },
  )
}
