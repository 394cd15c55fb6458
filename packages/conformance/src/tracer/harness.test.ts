// The suite itself: it must fail a tracer that says too little, too much, or nothing; these back ends do.
import type { Command, TraceEvent, TracerBackend, TraceSink } from '@roar/core'
import { accessBits as bit } from '@roar/trace-protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { buildCase } from './build.ts'
import { type Duty, filterCases, readCases } from './case-file.ts'
import { runCase } from './harness.ts'
import { Stage } from './setting.ts'

const stage = new Stage()
afterAll(() => stage.close())

/** Reports what it is told to, whatever the program does. */
function tracerSaying(events: (pid: number, scratch: string) => object[], gaps: readonly string[] = []): TracerBackend {
  const trace = async (command: Command, sink: TraceSink) => {
    const started = await sink.start({ argv: command.argv, cwd: command.cwd, env: {} })
    const exit = await started.exited
    const stamp = {
      sequence: 1,
      tid: 0,
      flags: 0,
      mode: 0o100644,
      dev: 1n,
      ino: 0n,
      size: 0n,
      mtimeNs: 0n,
      ctimeNs: 0n,
    }
    sink.events(
      events(started.pid, command.cwd).map((event) => ({ ...stamp, pid: started.pid, ...event }) as TraceEvent),
    )
    return { exit, lost: 0, gaps: gaps.map((code) => ({ code, count: 1, detail: '' })), stillRunning: [] }
  }
  const preflight = async () => ({ ok: true, summary: '', checks: [] })
  return { name: 'told', version: '0', preflight, trace } as unknown as TracerBackend
}

async function verdict(id: string, tracer: TracerBackend, duty: Duty = 'Y') {
  const [one] = filterCases(readCases(), id)
  if (!one) throw new Error(`no case ${id}`)
  return runCase(stage, one, await buildCase(one), tracer, duty, 1)
}

const access = (name: string, bits: number) => (_: number, scratch: string) => [
  { type: 'file', access: bits, path: `${scratch}/${name}` },
]
const deaf = tracerSaying(() => [])

describe('the tracer suite', () => {
  it('passes a tracer that reports exactly what was done', async () => {
    expect(await verdict('io-01', tracerSaying(access('a', bit.read)))).toEqual({ verdict: 'passed' })
  })
  it('fails a tracer that is silent', async () => {
    expect(await verdict('io-01', deaf)).toMatchObject({ verdict: 'failed' })
    expect(await verdict('open-20', deaf, 'N')).toMatchObject({ verdict: 'failed' })
  })
  it('accepts an announced gap only where the case allows it', async () => {
    const honest = tracerSaying(() => [], ['direct-syscall'])
    expect(await verdict('open-20', honest, 'N')).toMatchObject({ verdict: 'declared', gaps: ['direct-syscall'] })
    expect(await verdict('open-20', honest, 'Y')).toMatchObject({ verdict: 'failed' })
    expect(
      await verdict(
        'open-20',
        tracerSaying(() => [], ['io-uring']),
        'N',
      ),
    ).toMatchObject({ verdict: 'failed' })
  })
  it('fails a gap that is declared although everything was seen', async () => {
    expect(await verdict('io-01', tracerSaying(access('a', bit.read), ['direct-syscall']))).toMatchObject({
      verdict: 'failed',
    })
  })
  it('fails a fact that did not happen', async () => {
    const result = await verdict('io-02', tracerSaying(access('a', bit.read)))
    expect(JSON.stringify(result)).toContain('reported but not done: R a')
  })
  it('takes an open alone for nothing', async () => {
    expect(await verdict('io-02', tracerSaying(access('a', bit.openedRead)))).toEqual({ verdict: 'passed' })
  })
  it('fails a fact that is put down to another process', async () => {
    const other = tracerSaying((pid, scratch) => [
      { type: 'file', pid: pid + 1, access: bit.read, path: `${scratch}/a` },
    ])
    expect(JSON.stringify(await verdict('io-01', other))).toContain('done but not reported: R a')
  })
  it('lets a writable mapping stand for the write that a case did, and fails it where none was done', async () => {
    const mapping = tracerSaying(access('a', bit.read | bit.mayWrite))
    expect(await verdict('map-04', mapping)).toEqual({ verdict: 'passed' })
    expect(JSON.stringify(await verdict('map-02', mapping))).toContain('W a (may write)')
  })
  it('fails a tracer that sends the same fact again and again', async () => {
    const chatty = tracerSaying((pid, scratch) => [1, 2, 3].flatMap(() => access('a', bit.read)(pid, scratch)))
    expect(JSON.stringify(await verdict('io-19', chatty))).toContain('3 records name a')
  })
  it('fails a program that ends or prints otherwise than bare', async () => {
    const meddling: TracerBackend = {
      ...deaf,
      trace: (command, sink) => deaf.trace({ ...command, argv: ['sh', '-c', 'echo noise; exit 3'] }, sink),
    }
    const problems = JSON.stringify(await verdict('io-16', meddling))
    expect(problems).toContain('ended with code 3 instead of code 0')
    expect(problems).toContain('stdout is')
  })
})
