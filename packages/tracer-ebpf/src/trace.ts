/** One run: the launcher joins it to the daemon, becomes the command, and leaves a follower that writes the log. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { logPath, traceByLog } from '@roar/tracer-log'
import { platformName, programPath } from './programs.ts'

/** Made by the launcher, removed when the follower has told everything. */
const markName = 'followed'

/** The kernel tells the end of each: who has begun and not ended is of the run. */
export const isTracked = (): boolean => true

/** `socket`: of a daemon of one's own. */
export async function trace(command: Command, sink: TraceSink, socket?: string): Promise<TraceOutcome> {
  const mark = join(command.runDirectory, markName)
  const argv = [
    requireLauncher(),
    ...(socket ? ['--socket', socket] : []),
    logPath(command.runDirectory),
    '--',
    ...command.argv,
  ]
  return traceByLog(command, sink, {
    isOurs: isTracked,
    start: { argv, cwd: command.cwd, env: {} },
    isTold: () => !existsSync(mark),
  })
}

function requireLauncher(): string {
  const path = programPath('roar-ebpf')
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the eBPF tracer was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-ebpf/native', 'roar tracer'],
    exitCode: 125,
  })
}
