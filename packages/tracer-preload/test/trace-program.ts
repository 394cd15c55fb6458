/** Runs a program under the library, alone with it: no recorder, no launcher. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ExitStatus } from '@roar/core'
import type { TraceEvent } from '@roar/trace-protocol'
import { createTracer } from '../src/index.ts'

/** `cwd`: gets the directory of the run, too. */
export async function traceProgram(argv: readonly string[], cwd: string): Promise<TraceEvent[]> {
  const runDirectory = join(cwd, 'run')
  mkdirSync(runDirectory)
  const seen: TraceEvent[] = []
  await createTracer().trace(
    { argv: [...argv], cwd, env: process.env, runDirectory },
    {
      start: async ({ argv, cwd, env }) => {
        const child = spawn(argv[0] as string, argv.slice(1), {
          cwd,
          env: { ...process.env, ...env } as NodeJS.ProcessEnv,
        })
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid as number, exited }
      },
      events: (batch) => {
        seen.push(...batch)
      },
    },
  )
  return seen
}
