// The file behind tmpfile(3) is opened inside of libc, in /tmp: no case of the suite looks there.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExitStatus, foldEvents } from '@roar/core'
import type { TraceEvent } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-tmpfile-')))
afterAll(() => rmSync(place, { recursive: true }))

const source = `
#include <stdio.h>
int main(void) {
  char text[9];
  FILE *stream = tmpfile();
  fputs("kept", stream);
  fseek(stream, 0, SEEK_SET);
  return !fread(text, 1, sizeof text, stream);
}`

async function eventsOf(program: string): Promise<TraceEvent[]> {
  const runDirectory = join(place, 'run')
  mkdirSync(runDirectory)
  const seen: TraceEvent[] = []
  await createTracer().trace(
    { argv: [program], cwd: place, env: process.env, runDirectory },
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

it.skipIf(process.platform !== 'linux')(
  'what a program keeps in a temporary file of libc is no input of the job',
  async () => {
    writeFileSync(join(place, 'program.c'), source)
    execFileSync('cc', ['-o', join(place, 'program'), join(place, 'program.c')])
    const job = foldEvents(await eventsOf(join(place, 'program')))
    expect(job.processes.map((one) => one.exitCode)).toEqual([0])
    expect(job.inputs.map((one) => one.path).filter((path) => path.includes('#'))).toEqual([])
  },
)
