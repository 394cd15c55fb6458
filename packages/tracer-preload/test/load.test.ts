// Many files: no fact is lost, or the number of those that are is told.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitStatus, TraceEvent } from '@roar/core'
import { accessBits } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-load-')))
afterAll(() => rmSync(place, { recursive: true }))

const count = 200_000
const reader = `
import os
for i in range(${count}):
    f = os.open('f%d' % i, os.O_RDONLY)
    os.read(f, 1)
    os.close(f)
`

/** Runs a command under the tracer; `see` gets each event, so that none has to be kept. */
async function trace(argv: readonly string[], cwd: string, see: (event: TraceEvent) => void) {
  const runDirectory = join(place, 'log')
  mkdirSync(runDirectory)
  return createTracer().trace(
    { argv, cwd, env: process.env as Record<string, string>, runDirectory },
    {
      start: async ({ argv: words, cwd: directory, env }) => {
        const merged: NodeJS.ProcessEnv = { ...process.env }
        for (const [name, value] of Object.entries(env)) merged[name] = value ?? undefined
        const child = spawn(words[0] as string, words.slice(1), { cwd: directory, env: merged, stdio: 'inherit' })
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid as number, exited }
      },
      events: (batch) => {
        for (const event of batch) see(event)
      },
    },
  )
}

it('load-02: two hundred thousand files that a program reads are two hundred thousand facts', async () => {
  const files = join(place, 'files')
  mkdirSync(files)
  for (let i = 0; i < count; i++) writeFileSync(join(files, `f${i}`), '')
  const read = new Set<string>()
  const outcome = await trace(['python3', '-c', reader], files, (event) => {
    if (event.type === 'file' && event.access & accessBits.read && event.path.startsWith(`${files}/f`))
      read.add(event.path)
  })
  expect(outcome.exit.exitCode).toBe(0)
  expect({ seen: read.size, lost: outcome.lost, gaps: outcome.gaps }).toEqual({ seen: count, lost: 0, gaps: [] })
}, 180_000)
