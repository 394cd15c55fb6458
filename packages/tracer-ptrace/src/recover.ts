/** Reads the log of a run whose recorder was killed. The shared memory kept every fact that was committed. */
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { TraceOutcome, TraceSink } from '@roar/core'
import { closeLog, Drain, isFiltered } from '@roar/trace-protocol'
import { shownGaps } from './shown-gaps.ts'
import { logName } from './trace.ts'

/** `runDirectory`: that of the run. Null when nothing is left that can be read. */
export async function recover(runDirectory: string, sink: Pick<TraceSink, 'events'>): Promise<TraceOutcome | null> {
  const log = join(runDirectory, logName)
  const fd = openExisting(log)
  if (fd === null) return null
  try {
    const drain = new Drain(fd, (batch) => sink.events(batch), null, isFiltered)
    drain.run()
    const stillRunning = drain.processes.alive()
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
