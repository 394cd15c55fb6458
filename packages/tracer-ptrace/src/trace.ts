/** One run: the log, the start under the supervisor, the facts as they come, the end. */
import { closeSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, Command, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { closeLog, createLog, Drain, Holds, isFiltered, onWake } from '@roar/trace-protocol'
import { shownGaps } from './shown-gaps.ts'
import { platformName, supervisorPath } from './supervisor.ts'

export const logName = 'trace.log'

/** Made by the supervisor when it begins, removed when it has told everything. */
const markName = 'supervised'

/** Bytes. The file is sparse: only what is written takes room. Smaller where a limit on file sizes is set. */
const capacities = [2 ** 33, 2 ** 30, 2 ** 26]

/** A shell's pipeline ends with its last command; the others may need a moment. */
const graceMs = 250

/** `words`: for the supervisor. */
export async function trace(command: Command, sink: TraceSink, words: readonly string[]): Promise<TraceOutcome> {
  const supervisor = requireSupervisor()
  const log = join(command.runDirectory, logName)
  const fd = openLog(log)
  const hold = sink.hold?.bind(sink)
  const holds = new Holds(fd, hold && ((file) => hold({ ...file, path: file.path as BytePath })))
  const drain = new Drain(fd, (batch) => sink.events(batch), holds, isFiltered)
  const wake = onWake(command.runDirectory, () => {
    if (drain.run() > 0 || drain.waiting) wake.eager()
  })
  try {
    const argv = [supervisor, ...words, log, '--', ...command.argv]
    const child = await sink.start({ argv, cwd: command.cwd, env: {} })
    const exit = await child.exited
    const stillRunning = await stragglers(drain, join(command.runDirectory, markName))
    closeLog(fd)
    drain.finish()
    return { exit, lost: drain.lost, gaps: shownGaps(drain.gaps), stillRunning }
  } finally {
    wake.stop()
    holds.stop()
    closeLog(fd)
    closeSync(fd)
  }
}

function requireSupervisor(): string {
  const path = supervisorPath()
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the supervisor was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-ptrace/native', 'roar tracer'],
    exitCode: 125,
  })
}

function openLog(path: string): number {
  let refusal: NodeJS.ErrnoException | undefined
  for (const capacity of capacities) {
    try {
      return createLog(path, capacity, process.pid)
    } catch (error) {
      refusal = error as NodeJS.ErrnoException
      if (refusal.code !== 'EFBIG') break
    }
  }
  throw new RoarError('ROAR_RUN_DIRECTORY', `the log of the run cannot be made: ${path}`, {
    cause: `The system says: ${refusal?.message}`,
    remedy: ['df -h /dev/shm', 'ulimit -f unlimited'],
    exitCode: 125,
  })
}

/** Waits a moment for the rest of the tree, and until the supervisor has told of it; names who is still there then. */
async function stragglers(drain: Drain, mark: string): Promise<readonly number[]> {
  const end = performance.now() + graceMs
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    drain.run()
    const alive = drain.processes.alive()
    if (!existsSync(mark) || performance.now() > end) return alive
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
