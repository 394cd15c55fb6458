/** One run: the log, the start, the facts as they come, the end. */
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import type { BytePath, Command, StartRequest, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { closeLog, createLog, Drain, Holds, hasMark, onWake } from '@roar/trace-protocol'
import { inspectTarget, type Target } from './inspect-target.ts'
import { libraryPath, platformName, preloadable } from './library.ts'
import { shownGaps } from './shown-gaps.ts'

export const logName = 'trace.log'

/** Bytes. The file is sparse: only what is written takes room. Smaller where a limit on file sizes is set. */
const capacities = [2 ** 33, 2 ** 30, 2 ** 26]

/** A shell's pipeline ends with its last command; the others may need a moment. */
const graceMs = 250

export async function trace(command: Command, sink: TraceSink): Promise<TraceOutcome> {
  const library = preloadable(requireLibrary(), command.runDirectory)
  const log = join(command.runDirectory, logName)
  const fd = openLog(log)
  const holds = new Holds(
    fd,
    sink.hold && ((file) => sink.hold?.({ ...file, path: file.path as BytePath }) ?? Promise.resolve()),
  )
  const drain = new Drain(fd, (batch) => sink.events(batch), holds, hasMark([library, log]))
  const wake = onWake(command.runDirectory, () => {
    if (drain.run() > 0 || drain.waiting) wake.eager()
  })
  try {
    const target = inspectTarget(command)
    const child = await sink.start(startRequest(command, target, library, log))
    if (target?.gap) drain.gaps.add(target.gap, target.path)
    const exit = await child.exited
    const stillRunning = await stragglers(drain)
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

function requireLibrary(): string {
  const path = libraryPath()
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the preload library was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-preload/native', 'roar tracer'],
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

/** The user's own libraries stay in front of ours. What the loader would refuse or ignore is not given to it. */
function startRequest(command: Command, target: Target | null, library: string, log: string): StartRequest {
  const { argv, cwd } = command
  if (target?.gap && target.gap !== 'static-binary') return { argv, cwd, env: {} }
  const runtime = target?.runtime ? `${target.runtime}:` : ''
  const theirs = command.env.LD_PRELOAD ? `${command.env.LD_PRELOAD}:` : ''
  const env = { LD_PRELOAD: `${runtime}${theirs}${library}`, ROAR_TRACE_LOG: log }
  return { argv, cwd, env: runtime ? { ...env, ROAR_TRACE_SKIP: String(runtime.length) } : env }
}

/** Waits a moment for the rest of the tree; names who is still there then. */
async function stragglers(drain: Drain): Promise<readonly number[]> {
  const end = performance.now() + graceMs
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    drain.run()
    const alive = drain.processes.alive()
    if (alive.length === 0 || performance.now() > end) return alive
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
