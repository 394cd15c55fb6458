/**
 * An independent witness for the cases: strace's log, turned into the same events that a back end reports.
 * It is slow and knows only its scratch directory (the command's working directory); it is for checking cases, not for recording jobs.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, TraceOutcome, TracerBackend, TraceSink } from '@roar/core'
import { parseExpectation } from '../tracer/expectation.ts'
import { CallFacts, tracedCalls } from './call-facts.ts'
import { FileModel } from './file-model.ts'
import { ProcessMap } from './process-map.ts'
import { readCalls } from './strace-line.ts'

export const createStraceOracle = (): TracerBackend => ({
  name: 'strace',
  version: '1',
  capabilities: {
    platforms: ['linux'],
    privileges: 'none',
    seesStatic: true,
    seesSetId: false,
    seesDirectSyscalls: true,
    seesIoUring: false,
    survivesEnvironmentScrub: true,
    holdsDestruction: false,
    overhead: 'high',
  },
  preflight: async () => ({ ok: true, summary: 'strace', checks: [] }),
  trace,
})

async function trace(command: Command, sink: TraceSink): Promise<TraceOutcome> {
  const log = join(command.runDirectory, 'strace.log')
  const files = new FileModel(command.cwd)
  // -s 16: little of the contents, up to 16 requests of io_submit; paths are never cut. -a 1: no padding. Calls that a kernel lacks are named with `?`.
  const options = ['-f', '-q', '-y', '-x', '-a', '1', '-s', '16', '-e', 'abbrev=!io_submit', '-o', log]
  const traced = `trace=${tracedCalls.map((name) => `?${name}`).join(',')}`
  const started = await sink.start({
    argv: ['strace', ...options, '-e', traced, '-e', 'signal=abrt', '--', ...command.argv],
    cwd: command.cwd,
    env: {},
  })
  const exit = await started.exited
  const said = readFileSync(command.env.CASE_EXPECT ?? '/dev/null', 'latin1')
  for (const { path } of parseExpectation(said).roots) files.addRoot(path)
  const text = readFileSync(log, 'latin1')
  const calls = [...readCalls(text)]
  const facts = new CallFacts(files, new ProcessMap(calls, command.cwd, (path) => files.canonical(path)))
  facts.begin()
  for (const call of calls) facts.add(call)
  for (const [, pid, status] of text.matchAll(/^(\d+) +\+\+\+ exited with (\d+)/gm))
    facts.ended(Number(pid), Number(status))
  // The kernel's own writing is no call; strace prints only that it happened.
  for (const [, tid] of text.matchAll(/^(\d+) +\+\+\+ killed by \w+ \(core dumped\)/gm)) facts.dumped(Number(tid))
  sink.events(facts.events)
  return { exit, lost: 0, gaps: [], stillRunning: [] }
}
