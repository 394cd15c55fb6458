// A follower that gets no processor for a while: the ring fills, the kernel keeps what it has no room for, and what even that does not hold is counted.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TraceEvent } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perlHeldBack, traceHeldBack } from './held-back.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-full-')))
afterAll(() => rmSync(place, { recursive: true }))

/** Makes so many files, and changes and removes each: three facts a file, 250 bytes a fact. */
const busy = (files: number) =>
  perlHeldBack(`for $i (1..${files}) { open(F, ">", "t$i"); syswrite F, "x"; close F; unlink "t$i" }`)

const isOurs = (path: string): boolean => /\/t\d+$/.test(path)

async function traceStopped(daemon: OwnDaemon, files: number) {
  const facts = { created: 0, removed: 0 }
  const count = (event: TraceEvent): void => {
    if (event.type === 'file' && event.access & 4 && isOurs(event.path)) facts.created++
    if (event.type === 'unlink' && isOurs(event.path)) facts.removed++
  }
  const outcome = await traceHeldBack(daemon, place, ['perl', '-e', busy(files)], count)
  return { outcome, facts }
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
