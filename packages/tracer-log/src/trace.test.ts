// Who lives on is told from the whole log: its writer may be without a processor in the middle of a record.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LogWriter } from '@roar/trace-protocol'
import { afterEach, expect, it } from 'vitest'
import { logPath, traceByLog } from './trace.ts'

const runDirectory = mkdtempSync(join(tmpdir(), 'roar-trace-'))
let living: ChildProcess
afterEach(() => {
  living.kill()
  rmSync(runDirectory, { recursive: true })
})

const headBytes = 32

it('names who lives on, though the record of its start came so late that the reader had gone on behind it', async () => {
  let isCommitted = false
  living = spawn('sleep', ['30'])
  const pid = living.pid as number

  /** Its place is taken at once; it is whole after 200 ms. */
  async function writeLate(): Promise<void> {
    const fd = openSync(logPath(runDirectory), 'r+')
    const offset = new LogWriter(fd).write({ type: 'fork', pid, tid: pid, flags: 0, parent: 1 })
    const head = Buffer.alloc(headBytes)
    readSync(fd, head, 0, headBytes, offset)
    writeSync(fd, Buffer.alloc(headBytes), 0, headBytes, offset)
    await sleep(200)
    writeSync(fd, head, 0, headBytes, offset)
    closeSync(fd)
    isCommitted = true
  }

  const command = { argv: ['true'], cwd: '/', env: {}, runDirectory }
  const run = {
    isOurs: () => true,
    start: { argv: ['true'], cwd: '/', env: {} },
    isTold: () => false,
    isCaughtUp: () => isCommitted,
  }
  const outcome = await traceByLog(
    command,
    {
      start: async () => {
        void writeLate()
        return { pid: 1, exited: Promise.resolve({ exitCode: 0, signal: null }) }
      },
      events: () => {},
    },
    run,
  )
  expect([outcome.stillRunning, outcome.lost]).toEqual([[pid], 0])
})
