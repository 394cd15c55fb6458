// Every case states its own trace; strace, which knows nothing of roar, must come to the same.
import { spawnSync } from 'node:child_process'
import { describe, it } from 'vitest'
import { createStraceOracle } from '../src/oracle/strace-oracle.ts'
import { readCases } from '../src/tracer/case-file.ts'
import { tracerSuite } from '../src/tracer/suite.ts'

/** Stopping at each of a million system calls, or at each of forty thousand births, takes minutes. */
const tooSlow = ['io-19', 'proc-13']

if (spawnSync('strace', ['-V']).status === 0) {
  const quick = readCases().flatMap(({ id }) => (tooSlow.includes(id) ? [] : [id]))
  await tracerSuite(createStraceOracle, { column: 'E', repeat: 1, cases: process.env.CASES ?? quick.join() })
  describe('strace', () => {
    it(`does not check ${tooSlow.join(' and ')}`, ({ skip }) => skip('stopping so often takes minutes under strace'))
  })
} else {
  describe('strace', () => {
    it('checks the cases where it is installed', ({ skip }) => skip('strace is not installed'))
  })
}
