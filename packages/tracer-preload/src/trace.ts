/** One run under the library: what is given to the command, so that each process of its tree writes the log. */
import type { Command, StartRequest, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { hasMark } from '@roar/trace-protocol'
import { logPath, traceByLog } from '@roar/tracer-log'
import { inspectTarget, type Target } from './inspect-target.ts'
import { libraryPath, platformName, preloadable } from './library.ts'

export async function trace(command: Command, sink: TraceSink): Promise<TraceOutcome> {
  const library = preloadable(requireLibrary(), command.runDirectory)
  const log = logPath(command.runDirectory)
  const target = inspectTarget(command)
  return traceByLog(command, sink, {
    isOurs: hasMark([library, log]),
    start: startRequest(command, target, library, log),
    gap: target?.gap ? { code: target.gap, detail: target.path } : null,
  })
}

function requireLibrary(): string {
  const path = libraryPath()
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the preload library was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-preload/native', 'roar tracer'],
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
