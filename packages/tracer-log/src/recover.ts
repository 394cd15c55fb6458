/** Reads the log of a run whose recorder was killed. The shared memory kept every fact that was committed. */
import { closeSync, openSync } from 'node:fs'
import type { TraceOutcome, TraceSink } from '@roar/core'
import { closeLog, Drain } from '@roar/trace-protocol'
import { withoutOwn } from './own-files.ts'
import { shownGaps } from './shown-gaps.ts'
import { type LogRun, logPath } from './trace.ts'

/** `runDirectory`: that of the run; `library`: what was put into its processes. Null when nothing is left that can be read. */
export async function recoverByLog(
  runDirectory: string,
  sink: Pick<TraceSink, 'events'>,
  isOurs: LogRun['isOurs'],
  library: string | null = null,
): Promise<TraceOutcome | null> {
  const fd = openExisting(logPath(runDirectory))
  if (fd === null) return null
  try {
    const ofTheJob = withoutOwn(runDirectory, library)
    const drain = new Drain(fd, (batch) => sink.events(ofTheJob(batch)), null, isOurs)
    drain.run()
    const stillRunning = drain.processes.alive(0)
    closeLog(fd)
    drain.finish()
    return { exit: { exitCode: null, signal: null }, lost: drain.lost, gaps: shownGaps(drain.gaps), stillRunning }
  } catch {
    // Not a log of this build, or damaged: there is nothing to tell.
    return null
  } finally {
    closeSync(fd)
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, 'r+')
  } catch {
    return null
  }
}
