// A debugger reads the library that a tracer has put into a program, valgrind maps the log for it: neither is a file of the job.
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TraceEvent } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'
import { withoutOwn } from './own-files.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'roar-own-')))
afterAll(() => rmSync(base, { recursive: true }))

const read = (path: string) => ({ type: 'file', access: 1, path }) as unknown as TraceEvent
const pathsOf = (events: readonly TraceEvent[]) => events.map((one) => (one as { path?: string }).path ?? one.type)

it('leaves out the log, and the library by the name that the kernel has for it', () => {
  const library = join(base, 'libroar.so')
  const link = join(base, 'link.so')
  writeFileSync(library, '')
  symlinkSync(library, link)
  const ofTheJob = withoutOwn(join(base, 'run'), link)
  const settled = { ...read(join(base, 'run/trace.log')), type: 'settled' } as TraceEvent
  const exit = { type: 'exit', status: 0 } as unknown as TraceEvent
  const events = [
    read(library),
    read(join(base, 'run/trace.log')),
    settled,
    exit,
    read(join(base, 'running')),
    read(`${library}.1`),
  ]
  expect(pathsOf(ofTheJob(events))).toEqual(['exit', join(base, 'running'), `${library}.1`])
})
