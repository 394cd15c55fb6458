// A follower that gets no processor for a while: the ring fills, the kernel keeps what it has no room for, and what even that does not hold is counted.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitStatus, TraceEvent } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-full-')))
afterAll(() => rmSync(place, { recursive: true }))

/** Makes so many files, and changes and removes each: three facts a file, 250 bytes a fact. */
const busy = (files: number) =>
  `
  sleep 0.01 until -e 'go';
  for $i (1..${files}) { open(F, ">", "t$i"); syswrite F, "x"; close F; unlink "t$i" }
  open(F, ">", "done"); close F; sleep 0.01 until -e 'end'`.replaceAll(
    'sleep 0.01',
    'select(undef, undef, undef, 0.01)',
  )

const isOurs = (path: string): boolean => /\/t\d+$/.test(path)

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

async function traceStopped(daemon: OwnDaemon, files: number) {
  for (const name of ['go', 'done', 'end']) rmSync(join(place, name), { force: true })
  const runDirectory = join(place, `run${files}`)
  mkdirSync(runDirectory, { mode: 0o700 })
  const facts = { created: 0, removed: 0 }
  const count = (event: TraceEvent): void => {
    if (event.type === 'file' && event.access & 4 && isOurs(event.path)) facts.created++
    if (event.type === 'unlink' && isOurs(event.path)) facts.removed++
  }
  const outcome = await createTracer({ socket: daemon.socket }).trace(
    { argv: ['perl', '-e', busy(files)], cwd: place, env: process.env, runDirectory },
    {
      start: async ({ argv: [program, ...words], cwd }) => {
        const child = spawn(program as string, words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
        void stopMeanwhile(runDirectory)
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid as number, exited }
      },
      events: (batch) => batch.forEach(count),
    },
  )
  return { outcome, facts }
}

async function stopMeanwhile(runDirectory: string): Promise<void> {
  const mark = join(runDirectory, 'followed')
  const follower = () => Number.parseInt(contents(mark), 10) || 0
  await until(() => follower() > 0)
  process.kill(follower(), 'SIGSTOP')
  writeFileSync(join(place, 'go'), '')
  await until(() => existsSync(join(place, 'done')))
  process.kill(follower(), 'SIGCONT')
  writeFileSync(join(place, 'end'), '')
}

describe.skipIf(lack !== null)(`a full ring (${lack ?? 'here'})`, () => {
  let daemon: OwnDaemon
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(() => daemon.stop())

  it('loses nothing while the kernel has room beside it', async () => {
    const { outcome, facts } = await traceStopped(daemon, 36_000)
    expect([outcome.lost, facts.created, facts.removed]).toEqual([0, 36_000, 36_000])
  })

  it('tells how much is lost when that is full too, and harms nobody', async () => {
    const files = 70_000
    const { outcome, facts } = await traceStopped(daemon, files)
    expect(outcome.exit.exitCode).toBe(0)
    const missing = 2 * files - facts.created - facts.removed
    expect(missing).toBeGreaterThan(0)
    expect(outcome.lost).toBeGreaterThanOrEqual(missing)
    expect(outcome.lost).toBeLessThanOrEqual(missing + files + 100)
  })
})
