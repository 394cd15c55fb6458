// The same library in programs of another libc: the cases of C, built by musl-gcc.
import { spawnSync } from 'node:child_process'
import { tracerSuite } from '@roar/conformance'
import { describe, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { cCases } from './c-cases.ts'

/** Their bare programs rely on glibc: its open() is openat, its streams refuse a missing name, fputs() returns a count. */
const glibcs = 'box-04,libc-47,name-41'
/** A million reads, forty thousand children: seen once, with glibc. */
const tooSlow = 'io-19,proc-07,proc-13'
/** About a compiler or a libc of their own. */
const groups = 'io|open|libc|copy|map|name|fd|proc|path'

if (process.platform === 'linux' && process.arch === 'x64' && spawnSync('musl-gcc', ['--version']).status === 0) {
  process.env.CC = 'musl-gcc -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu'
  await tracerSuite(() => ({ ...createTracer(), name: 'preload-musl' }), {
    column: 'P',
    repeat: Number(process.env.REPEAT ?? 1),
    cases: process.env.CASES ?? cCases(groups, [glibcs, tooSlow]),
  })
} else {
  describe('preload-musl', () => it('reports what programs do', ({ skip }) => skip('musl-gcc is not installed')))
}
