/** What becomes of a job whose end is not recorded: it runs, or its recorder has ended and the next run will say. */
import type { JobRow } from '@roar/core'
import { lifeOf, neverStarted } from '@roar/host'

export function fateOf({ recorderPid, recorderStart, traceLog }: JobRow): string {
  if (lifeOf({ pid: recorderPid ?? 0, start: recorderStart ?? '' }) !== 'ended') return 'still running'
  if (neverStarted(traceLog)) return 'never started: its recorder ended before; the next `roar run` forgets it'
  return 'interrupted: its recorder has ended; the next `roar run` records what is left'
}
