/** One run: the launcher joins it to the daemon, becomes the command, and leaves a follower that writes the log. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Gap, TraceOutcome, TraceSink } from '@roar/core'
import { RoarError } from '@roar/core'
import { platformName } from '@roar/native'
import { logPath, traceByLog } from '@roar/tracer-log'
import { programPath } from './programs.ts'

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
  const outcome = await traceByLog(command, sink, {
    isOurs: isTracked,
    start: { argv, cwd: command.cwd, env: {} },
    isTold: () => !existsSync(mark) || isAbandoned(mark),
    isCaughtUp: () => markOf(mark).endsWith('!'),
  })
  return isAbandoned(mark) ? { ...outcome, gaps: [...outcome.gaps, followerDied] } : outcome
}

const followerDied: Gap = {
  code: 'follower-died',
  count: 1,
  detail: 'the follower ended before it had told everything',
}

/** What the follower has written there: its number, and `!` when it has told the command's own end. */
function markOf(mark: string): string {
  try {
    return readFileSync(mark, 'latin1')
  } catch {
    return ''
  }
}

/** The follower takes its mark away when it ends by itself; one that was killed cannot. */
function isAbandoned(mark: string): boolean {
  const pid = Number.parseInt(markOf(mark), 10)
  return pid > 0 && !isFollower(pid)
}

function isFollower(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').startsWith('roar-')
  } catch {
    return false
  }
}

function requireLauncher(): string {
  const path = programPath('roar-ebpf')
  if (path) return path
  throw new RoarError('ROAR_TRACER_NOT_READY', `the eBPF tracer was not built for ${platformName()}`, {
    remedy: ['make -C packages/tracer-ebpf/native', 'roar tracer'],
    exitCode: 125,
  })
}
