// Every case states its own trace; strace, which knows nothing of roar, must come to the same.
import { spawnSync } from 'node:child_process'
import { describe, it } from 'vitest'
import { createStraceOracle } from '../src/oracle/strace-oracle.ts'
import { filterCases, readCases } from '../src/tracer/case-file.ts'
import { tracerSuite } from '../src/tracer/suite.ts'

/** Stopping at each of a million system calls, or at each of forty thousand births, takes minutes; CASES=proc-13 does it all the same. */
const tooSlow = process.env.CASES ? [] : ['io-19', 'proc-13']
/** What io_uring does is no call: the truth of these is stated by hand. */
const unseen = ['escape-06', 'escape-07', 'escape-40', 'escape-48', 'escape-49']
/** Of a clone of blocks strace tells the source by its number alone, without the name. */
const nameless = ['copy-06']
/** A program has one tracer, and one that looks for it finds strace. */
const alone = ['box-06', 'box-07', 'box-08']
/** Signals that come each 150 µs meet every call of a program that is stopped for longer than that: what the kernel begins anew, as a fork, may never end. */
const stormy = ['io-35', 'io-36', 'proc-37']
/** Looked up afterwards, a path in a mount that is gone, in a namespace of the program's own, by a link inside another root, or too long for the kernel, is another file or none. */
const elsewhere = ['box-01', 'box-02', 'box-11', 'box-15', 'open-34', 'open-35', 'path-03', 'path-08', 'path-11']

if (spawnSync('strace', ['-V']).status === 0) {
  const left = [...tooSlow, ...nameless, ...unseen, ...alone, ...stormy, ...elsewhere]
  const checked = filterCases(readCases(), process.env.CASES).flatMap(({ id }) => (left.includes(id) ? [] : [id]))
  await tracerSuite(createStraceOracle, { column: 'E', repeat: 1, cases: checked.join() || 'none' })
  describe('strace', () => {
    for (const id of tooSlow) it(`does not check ${id}`, ({ skip }) => skip('stopping so often takes minutes'))
    for (const id of nameless)
      it(`does not check ${id}`, ({ skip }) => skip('strace does not name what a clone of blocks reads'))
    for (const id of alone) it(`does not check ${id}`, ({ skip }) => skip('a program has one tracer'))
    for (const id of stormy)
      it(`does not check ${id}`, ({ skip }) => skip('signals come faster than strace lets a program go on'))
    for (const id of elsewhere)
      it(`does not check ${id}`, ({ skip }) => skip('its paths cannot be looked up afterwards'))
    for (const id of unseen) it(`does not check ${id}`, ({ skip }) => skip('strace does not see what io_uring does'))
  })
} else {
  describe('strace', () => {
    it('checks the cases where it is installed', ({ skip }) => skip('strace is not installed'))
  })
}
