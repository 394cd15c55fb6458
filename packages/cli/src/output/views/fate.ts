/** What becomes of a job that is recorded as running: it runs, or its recorder has ended and the next run will say. */
import type { JobRow } from '@roar/core'
import { lifeOf, neverStarted } from '@roar/host'

export function fateOf({ recorderPid, recorderStart, traceLog }: JobRow): string {
  if (lifeOf({ pid: recorderPid ?? 0, start: recorderStart ?? '' }) !== 'ended') return 'still running'
  if (neverStarted(traceLog)) return 'never started: its recorder ended before; the next `roar run` forgets it'
  return 'not known yet: its recorder has ended; the next `roar run` records it as interrupted'
}
