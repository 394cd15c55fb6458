// The library for arm64 under an emulator of programs (qemu-user): the cases whose whole tree is one program of C, since this machine's `cat` and
// `sh` are of another architecture than the library.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tracerSuite } from '@roar/conformance'
import type { TracerBackend } from '@roar/core'
import { hasMark } from '@roar/trace-protocol'
import { logPath, traceByLog } from '@roar/tracer-log'
import { describe, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { cCases } from './c-cases.ts'

const sysroot = '/usr/aarch64-linux-gnu/lib'
const loader = join(sysroot, 'ld-linux-aarch64.so.1')
const library = fileURLToPath(new URL('../native/build/linux-arm64/libroar-preload.so', import.meta.url))
const formats = '/proc/sys/fs/binfmt_misc'

const startsOthers = 'fd-05,fd-14,fd-16,fd-23,libc-19,libc-20,libc-21,libc-22,libc-32,name-24,path-11,proc-01,proc-02'
const startsMore =
  'proc-03,proc-06,proc-09,proc-10,proc-11,proc-24,proc-28,proc-30,proc-31,proc-34,proc-39,proc-40,proc-41,proc-48,proc-49,proc-50,proc-51,libc-53'
/** What qemu-user 7.2 refuses or does otherwise, bare: clone with a part of what it shares, preadv2, execveat, limits of memory and what of it is locked, small stacks of signals, second mappings, memory that a fork wipes (proc-44), cancelling threads, what a vfork child tells its parent by memory. */
const emulatorFails = 'fd-12,fd-21,fd-27,io-38,map-16,open-26,proc-08,proc-19,proc-27,proc-38,proc-43,proc-44,proc-46'
/** Forty thousand children, or threads that fork in the middle of calls: minutes under emulation. */
const tooSlow = 'proc-07,proc-13,proc-14'
const groups = 'io|open|libc|copy|map|name|fd|proc|path'

/** What this machine lacks; null when it can run such programs by itself. */
function lack(): string | null {
  if (process.arch !== 'x64') return 'this machine is no x86-64'
  if (!existsSync(library) || !existsSync(loader)) return 'gcc-aarch64-linux-gnu is not installed'
  const entries = existsSync(formats) ? readdirSync(formats) : []
  const emulator = entries.find((name) => name.includes('aarch64'))
  if (!emulator || !readFileSync(join(formats, emulator), 'latin1').startsWith('enabled'))
    return 'qemu-user-static is not registered with binfmt_misc'
  return spawnSync('aarch64-linux-gnu-gcc', ['--version']).status === 0 ? null : 'aarch64-linux-gnu-gcc does not run'
}

/** The back end as it is, with the library of the other architecture: the preflight of this one would refuse the program. */
const createEmulated = (): TracerBackend => ({
  ...createTracer(),
  name: 'preload-arm64',
  preflight: async () => ({ ok: true, summary: 'under qemu-user', checks: [] }),
  trace: (command, sink) => {
    const log = logPath(command.runDirectory)
    const env = { LD_PRELOAD: library, ROAR_TRACE_LOG: log }
    const start = { argv: command.argv, cwd: command.cwd, env }
    return traceByLog(command, sink, { isOurs: hasMark([library, log]), start })
  },
})

const missing = lack()
if (missing) {
  describe('preload-arm64', () => it('reports what programs do', ({ skip }) => skip(missing)))
} else {
  process.env.CC = `aarch64-linux-gnu-gcc -Wl,--dynamic-linker=${loader},-rpath,${sysroot}`
  await tracerSuite(createEmulated, {
    column: 'P',
    repeat: Number(process.env.REPEAT ?? 1),
    cases: process.env.CASES ?? cCases(groups, [startsOthers, startsMore, emulatorFails, tooSlow]),
  })
}
