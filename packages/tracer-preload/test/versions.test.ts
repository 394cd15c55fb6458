// Which version of a file a program has read: the one that was there at its first read, whoever asked about it before.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitStatus } from '@roar/core'
import { accessBits } from '@roar/trace-protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'

let place: string
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-versions-')))
  writeFileSync(join(place, 'a'), 'five\n')
})
afterEach(() => rmSync(place, { recursive: true }))

/** Runs Python on a file of five bytes; the sizes that its reads of it were told with. */
async function sizesRead(program: string): Promise<readonly bigint[]> {
  const runDirectory = join(place, 'run')
  mkdirSync(runDirectory)
  const sizes: bigint[] = []
  const command = { argv: ['python3', '-c', program], cwd: place, env: process.env, runDirectory }
  await createTracer().trace(command, {
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
      for (const event of batch)
        if (event.type === 'file' && event.path === join(place, 'a') && event.access & accessBits.read)
          sizes.push(event.size)
    },
  })
  return sizes
}

it('a file that is asked about and read at once is told as it was', async () => {
  expect(await sizesRead("import os; f = os.open('a', os.O_RDONLY); os.fstat(f); os.read(f, 9)")).toEqual([5n])
})

it('a file that has grown between the question and the first read is told as it was read', async () => {
  const program = `
import os, time
f = os.open('a', os.O_RDONLY)
os.fstat(f)
w = os.open('a', os.O_WRONLY | os.O_APPEND)
os.write(w, b'more')
time.sleep(0.1)  # several ticks of the clock that a fresh answer is known by
os.read(f, 99)`
  expect(await sizesRead(program)).toEqual([9n])
})
