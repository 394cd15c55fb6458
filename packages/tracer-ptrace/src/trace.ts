/** One run under the supervisor, which starts the command and writes the log. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { platformName } from '@roar/native'
import { isFiltered } from '@roar/trace-protocol'
import { logPath, traceByLog } from '@roar/tracer-log'
import { supervisorPath } from './supervisor.ts'

/** Made by the supervisor when it begins, removed when it has told everything. */
const markName = 'supervised'

/** `words`: for the supervisor. */
export async function trace(command: Command, sink: TraceSink, words: readonly string[]): Promise<TraceOutcome> {
  const mark = join(command.runDirectory, markName)
  const argv = [requireSupervisor(), ...words, logPath(command.runDirectory), '--', ...command.argv]
  return traceByLog(command, sink, {
    isOurs: isFiltered,
    start: { argv, cwd: command.cwd, env: {} },
    isTold: () => !existsSync(mark),
  })
}

function requireSupervisor(): string {
  const path = supervisorPath()
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the supervisor was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-ptrace/native', 'roar tracer'],
    exitCode: 125,
  })
}
