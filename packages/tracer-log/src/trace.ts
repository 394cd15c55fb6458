/** One run: the log, the start, the facts as they come, the end. */
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, Command, Gap, StartRequest, TraceOutcome, TraceSink } from '@roar/core'
import { closeLog, Drain, Holds, monotonic, onWake } from '@roar/trace-protocol'
import { openLog } from './open-log.ts'
import { withoutOwn } from './own-files.ts'
import { shownGaps } from './shown-gaps.ts'
import { unseenProgram } from './unseen-program.ts'

/** What a tracer adds to it. */
export interface LogRun {
  /** Whether a process that is still there at the end is of this run. */
  readonly isOurs: (pid: number) => boolean
  /** How the command is started so that its facts reach the log. */
  readonly start: StartRequest
  /** What was put into the processes of the run: a debugger may read it, and it is none of the job's inputs. */
  readonly library?: string
  /** Known before the first fact. */
  readonly gap?: Pick<Gap, 'code' | 'detail'> | null
  /** Whether what happened until the command's end has been told by now, where somebody else tells it and may be late. */
  readonly isCaughtUp?: () => boolean
  /** Whether everything of the tree has been told; without it, when no process of it is alive. */
  readonly isTold?: () => boolean
}

export const logPath = (runDirectory: string): string => join(runDirectory, 'trace.log')

/** A shell's pipeline ends with its last command; the others may need a moment. */
const graceMs = 250
/** Whoever tells the facts and has been silent for so long is not waited for any more. */
const latestMs = 5000

export async function traceByLog(command: Command, sink: TraceSink, run: LogRun): Promise<TraceOutcome> {
  const fd = openLog(logPath(command.runDirectory))
  const hold = sink.hold?.bind(sink)
  const holds = new Holds(fd, hold && ((file) => hold({ ...file, path: file.path as BytePath })))
  const ofTheJob = withoutOwn(command.runDirectory, run.library ?? null)
  const drain = new Drain(fd, (batch) => sink.events(ofTheJob(batch)), holds, run.isOurs)
  const wake = onWake(command.runDirectory, () => {
    if (drain.run() > 0 || drain.waiting) wake.eager()
  })
  try {
    const child = await sink.start(run.start)
    if (run.gap) {
      drain.gaps.add(run.gap.code, run.gap.detail)
      sink.events(unseenProgram(run.gap.detail))
    }
    const exit = await child.exited
    const livedOn = await stragglers(drain, run)
    closeLog(fd)
    drain.finish()
    return { exit, lost: drain.lost, gaps: shownGaps(drain.gaps), stillRunning: withLateComers(livedOn, drain) }
  } finally {
    wake.stop()
    holds.stop()
    closeLog(fd)
    closeSync(fd)
  }
}

/** The start of one may be told so late that only the whole log has it: its writer was without a processor in the middle of a record. */
const withLateComers = (livedOn: readonly number[], drain: Drain): readonly number[] => [
  ...new Set([...livedOn, ...drain.processes.alive()]),
]

/** Waits a moment for the rest of the tree; names who is still there then. */
async function stragglers(drain: Drain, { isTold, isCaughtUp }: LogRun): Promise<readonly number[]> {
  const begin = monotonic()
  let heard = begin
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    // Asked first: what is told until then is in the log.
    const caughtUp = isCaughtUp?.() ?? true
    if (drain.run() > 0) heard = monotonic()
    const alive = drain.processes.alive()
    if (isTold ? isTold() : alive.length === 0 && !drain.waiting) return alive
    if (caughtUp && monotonic() - begin > graceMs) return alive
    if (monotonic() - heard > latestMs) {
      drain.gaps.add('events-lost', 'whoever tells the facts fell silent before the end')
      return alive
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
