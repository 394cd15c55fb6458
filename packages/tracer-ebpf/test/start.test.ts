// A run that finds no daemon starts one, however long that takes on a busy machine.
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExitStatus } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { programPath } from '../src/programs.ts'
import { lackOfKernel } from './own-daemon.ts'

const lack = process.getuid?.() === 0 ? lackOfKernel() : 'only root can try'

describe.skipIf(lack !== null)(`a daemon of the run's own (${lack ?? 'here'})`, () => {
  mkdirSync('/run/roar-test', { recursive: true, mode: 0o755 })
  const place = mkdtempSync('/run/roar-test/s')
  afterAll(() => rmSync(place, { recursive: true }))

  /** Programs of that place: the launcher, and a daemon of which the shell says how it starts. */
  async function gapsWith(daemon: string) {
    const runDirectory = mkdtempSync(join(place, 'run'))
    const launcher = join(place, 'roar-ebpf')
    copyFileSync(programPath('roar-ebpf') as string, launcher)
    writeFileSync(join(place, 'roard'), `#!/bin/sh\n${daemon}\n`)
    chmodSync(join(place, 'roard'), 0o755)
    const outcome = await createTracer({ socket: join(place, 'roard.sock') }).trace(
      { argv: ['true'], cwd: place, env: process.env, runDirectory },
      {
        start: async ({ argv: [, ...words], cwd }) => {
          const child = spawn(launcher, words, { cwd, stdio: 'ignore' })
          const exited = new Promise<ExitStatus>((resolve) =>
            child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
          )
          return { pid: child.pid as number, exited }
        },
        events: () => {},
      },
    )
    return outcome.gaps
  }

  it('is used although it took longer than one waits for somebody else’s', { timeout: 120_000 }, async () => {
    const gaps = await gapsWith(`/bin/sleep 11\nexec ${programPath('roard')} "$@" --idle 1`)
    for (let tries = 0; existsSync(join(place, 'roard.sock')) && tries < 400; tries++)
      await new Promise((done) => setTimeout(done, 50))
    expect(gaps).toEqual([])
  })

  it('that does not start is named in the gap', { timeout: 120_000 }, async () => {
    expect(await gapsWith('exit 1')).toEqual([{ code: 'not-supervised', count: 1, detail: 'roard does not start' }])
  })
})
