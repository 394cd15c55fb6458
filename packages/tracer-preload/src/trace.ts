/** One run under the library: what is given to the command, so that each process of its tree writes the log. */
import type { Command, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { platformName } from '@roar/native'
import { hasMark } from '@roar/trace-protocol'
import { type LogRun, logPath, traceByLog } from '@roar/tracer-log'
import { inspectTarget, type Target } from './inspect-target.ts'
import { libraryPath, preloadable } from './library.ts'
import { startRequest } from './start-request.ts'

export async function trace(command: Command, sink: TraceSink): Promise<TraceOutcome> {
  const library = preloadable(requireLibrary(), command.runDirectory)
  const log = logPath(command.runDirectory)
  const target = inspectTarget(command)
  return traceByLog(command, sink, {
    isOurs: hasMark([library, log]),
    start: startRequest(command, target, library, log),
    library,
    gap: gapOf(target),
  })
}

function gapOf(target: Target | null): NonNullable<LogRun['gap']> | null {
  const code = target?.gap ?? (target?.opaque ? 'opaque-program' : null)
  return target && code ? { code, detail: target.path } : null
}

function requireLibrary(): string {
  const path = libraryPath()
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the preload library was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-preload/native', 'roar tracer'],
    exitCode: 125,
  })
}
