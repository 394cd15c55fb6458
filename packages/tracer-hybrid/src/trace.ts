/** One run: the supervisor starts the command, with the library in its environment; both write one log. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { platformName } from '@roar/native'
import { hasMark, isFiltered } from '@roar/trace-protocol'
import { logPath, traceByLog } from '@roar/tracer-log'
import { inspectTarget, preloadable, startRequest } from '@roar/tracer-preload'
import { libraryPath, supervisorPath } from './native.ts'

/** Made by the supervisor when it begins, removed when it has told everything. */
const markName = 'supervised'

export async function trace(command: Command, sink: TraceSink): Promise<TraceOutcome> {
  const library = preloadable(required(libraryPath(), 'tracer-preload'), command.runDirectory)
  const supervisor = required(supervisorPath(), 'tracer-ptrace')
  const log = logPath(command.runDirectory)
  const target = inspectTarget(command)
  const start = startRequest(command, target, library, log)
  const mark = join(command.runDirectory, markName)
  const carries = hasMark([library, log])
  return traceByLog(command, sink, {
    isOurs: (pid) => isFiltered(pid) || carries(pid),
    start: {
      ...start,
      argv: [supervisor, '--library', target?.gap ? 'outside' : 'entered', log, '--', ...command.argv],
    },
    library,
    isTold: () => !existsSync(mark),
  })
}

function required(path: string | null, owner: string): string {
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `a part of the hybrid tracer was not built for ${platformName()}`, {
    remedy: [`make -C packages/${owner}/native`, 'roar tracer'],
    exitCode: 125,
  })
}
