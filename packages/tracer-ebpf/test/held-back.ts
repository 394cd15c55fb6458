/** A run whose follower gets no processor while the program does its work: what it tells, it tells when all is over. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExitStatus, TraceEvent, TraceOutcome } from '@roar/core'
import { createTracer } from '../src/index.ts'
import type { OwnDaemon } from './own-daemon.ts'

const nap = 'select(undef, undef, undef, 0.01)'

/** The work begins when the follower stands still, and the program stays until it goes on: else there would be nobody to stop. */
export const perlHeldBack = (work: string): string =>
  `${nap} until -e "$ENV{HELD}/go"; ${work}; open(F, ">", "$ENV{HELD}/done"); close F; ${nap} until -e "$ENV{HELD}/end"`

const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 10))
}
const contents = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** `argv`: of `perlHeldBack`; it runs in `place`. */
export async function traceHeldBack(
  daemon: OwnDaemon,
  place: string,
  argv: readonly string[],
  take: (event: TraceEvent) => void,
): Promise<TraceOutcome> {
  const runDirectory = mkdtempSync(join(place, 'run'))
  const env = { ...process.env, HELD: runDirectory }
  return createTracer({ socket: daemon.socket }).trace(
    { argv, cwd: place, env, runDirectory },
    {
      start: async ({ argv: [program, ...words], cwd }) => {
        const child = spawn(program as string, words, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
        void stopMeanwhile(runDirectory)
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid as number, exited }
      },
      events: (batch) => batch.forEach(take),
    },
  )
}

async function stopMeanwhile(runDirectory: string): Promise<void> {
  const follower = () => Number.parseInt(contents(join(runDirectory, 'followed')), 10) || 0
  await until(() => follower() > 0)
  process.kill(follower(), 'SIGSTOP')
  writeFileSync(join(runDirectory, 'go'), '')
  await until(() => existsSync(join(runDirectory, 'done')))
  process.kill(follower(), 'SIGCONT')
  writeFileSync(join(runDirectory, 'end'), '')
}
