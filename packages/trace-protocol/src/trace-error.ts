/** What is wrong with a log file. Packages above turn it into an error with a remedy. */
import type { Refusal } from './log-header.ts'

export class RoarTraceError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(
      {
        'not-a-log': 'not a trace log',
        'other-version': 'a trace log of another version',
        'other-build': 'a trace log of another build of roar',
      }[refusal],
    )
    this.name = 'RoarTraceError'
    this.refusal = refusal
  }
}
