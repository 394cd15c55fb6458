// A writer that was killed in the middle of a record keeps nobody waiting, and nobody is answered when the run is over.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import type { TraceEvent } from '../events.ts'
import { createLog } from '../log-file.ts'
import { LogWriter } from '../log-writer.ts'
import { Drain } from './drain.ts'
import { Holds } from './holds.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-drain-'))
afterAll(() => rmSync(place, { recursive: true }))

const stamp = { dev: 1n, ino: 2n, size: 3n, mtimeNs: 4n, ctimeNs: 5n }
const base = { pid: 10, tid: 10, flags: 0 }

it('answers who waits behind a record that was never finished', async () => {
  const fd = createLog(join(place, 'log'), 1 << 24, process.pid)
  const asked: string[] = []
  const seen: TraceEvent['type'][] = []
  const holds = new Holds(fd, async ({ path }) => void asked.push(path))
  const drain = new Drain(
    fd,
    (batch) => void seen.push(...batch.map((event) => event.type)),
    holds,
    () => true,
  )
  const writer = new LogWriter(fd)
  const torn = writer.write({ type: 'fork', ...base, parent: 1 })
  writeSync(fd, Buffer.alloc(32), 0, 32, torn)
  writer.write({ type: 'hold', ...base, ...stamp, ticket: 1n, path: '/read' } as never)
  const until = performance.now() + 900
  while (asked.length === 0 && performance.now() < until) {
    drain.run()
    expect(drain.waiting || asked.length > 0).toBe(true)
    await sleep(50)
  }
  expect(asked).toEqual(['/read'])
  drain.finish()
  expect(seen).toEqual(['hold'])
  expect(drain.lost).toBe(1)
  holds.stop()
  closeSync(fd)
})

it('writes no answer into the file that has got the number of a closed log', async () => {
  const fd = createLog(join(place, 'closed'), 1 << 24, process.pid)
  let keep = (): void => undefined
  const holds = new Holds(fd, () => new Promise((resolve) => (keep = resolve)))
  holds.answer({ type: 'hold', ...base, ...stamp, sequence: 1, ticket: 1n, path: '/read' } as never)
  holds.stop()
  closeSync(fd)
  const other = join(place, 'other')
  writeFileSync(other, '')
  const same = openSync(other, 'r+')
  expect(same).toBe(fd)
  keep()
  await sleep(10)
  closeSync(same)
  expect(readFileSync(other)).toHaveLength(0)
})
