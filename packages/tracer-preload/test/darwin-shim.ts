/** Builds a program of `darwin-shim` with sources of the library for macOS, and runs it with a log. */
import { spawnSync } from 'node:child_process'
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog, LogReader, type TraceEvent } from '@roar/trace-protocol'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const native = at('../native/darwin')
const protocol = at('../../trace-protocol')
const folders = [native, at('darwin-shim'), join(protocol, 'generated'), join(protocol, 'native')].map(
  (folder) => `-I${folder}`,
)
const shared = ['log.c', 'facts.c', 'holds.c', 'paths.c', 'descriptors.c']

/** Apple's compilers put an underscore before each name of C, and the forms that are no cancellation points have names of their own. */
const links = 'open openat close fcntl read pread readv write pwrite writev'
  .split(' ')
  .map((one) => `-Wl,--defsym,_${one}$NOCANCEL=${one}`)

/** Why it cannot be done here; null when it can. */
export function lackOfShim(): string | null {
  if (process.platform !== 'linux') return 'a Mac has the library itself'
  return spawnSync('cc', ['--version']).status === 0 ? null : 'no C compiler is here'
}

/** Throws what the compiler says. */
export function buildShim(place: string, name: string, sources: readonly string[]): string {
  const program = join(place, name)
  const own = [at(`darwin-shim/${name}.c`), at('darwin-shim/shim.c')]
  const theirs = [...[...shared, ...sources].map((one) => join(native, one)), join(protocol, 'native/roar_facts.c')]
  const flags = ['-fsanitize=address,undefined', '-D_GNU_SOURCE', '-include', at('darwin-shim/shim.h')]
  const made = spawnSync(
    'cc',
    [...flags, ...folders, ...(sources.includes('hooks/io.c') ? links : []), '-o', program, ...own, ...theirs],
    { encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  return program
}

export interface ShimRun {
  readonly pid: number
  readonly stdout: string
  readonly stderr: string
  readonly events: readonly TraceEvent[]
}

export function runShim(
  program: string,
  cwd: string,
  log: string,
  env: Readonly<Record<string, string>> = {},
): ShimRun {
  const fd = createLog(log, 2 ** 26, process.pid)
  const options = { cwd, encoding: 'utf8' as const, env: { ...env, ASAN_OPTIONS: 'detect_leaks=0' } }
  const { pid, stdout, stderr } = spawnSync(program, [log], options)
  const events = [...new LogReader(fd).read(true)]
  closeSync(fd)
  return { pid, stdout, stderr, events }
}
