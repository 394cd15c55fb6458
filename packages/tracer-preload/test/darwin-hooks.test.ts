// The hooks of the library for macOS, and the records that they write, run on Linux: what Apple's system does is done by other means, what is tested is the library's own.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessBits, createLog, LogReader, type TraceEvent } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-hooks-')))
afterAll(() => rmSync(place, { recursive: true }))

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const native = at('../native/darwin')

function compile(): string {
  const program = join(place, 'program')
  const sources = ['log.c', 'facts.c', 'names.c', 'holds.c', 'paths.c', 'descriptors.c']
  const hooks = ['open.c', 'io.c', 'names.c'].map((name) => `hooks/${name}`)
  const aliases = 'open openat close fcntl read pread readv write pwrite writev'.split(' ')
  // Apple's compilers put an underscore before each name of C, and the forms that are no cancellation points have names of their own.
  const links = aliases.map((name) => `-Wl,--defsym,_${name}$NOCANCEL=${name}`)
  const made = spawnSync(
    'cc',
    [
      '-fsanitize=address,undefined',
      '-D_GNU_SOURCE',
      '-include',
      at('darwin-shim/shim.h'),
      ...[native, at('darwin-shim'), at('../../trace-protocol/generated')].map((folder) => `-I${folder}`),
      ...links,
      '-o',
      program,
      at('darwin-shim/program.c'),
      ...[...sources, ...hooks].map((name) => join(native, name)),
    ],
    { encoding: 'utf8' },
  )
  expect(made.status, made.stderr).toBe(0)
  return program
}

const words = (access: number) =>
  Object.entries(accessBits)
    .flatMap(([name, bit]) => (access & bit ? [name] : []))
    .join('+')

/** A file that is only opened, one that is missing and a rename that fails are not among them. */
const told = [
  'file read in',
  'file created out',
  'file written out',
  'file truncated+existed cut',
  'file written+appended more',
  'file written sized',
  'file read two',
  'file read sent',
  'file read+mapped map',
  'hold map',
  'file mayWrite+open map',
  'rename out moved',
  'rename swap1 swap2',
  'link moved linked',
  'symlink soft moved',
  'unlink linked',
  'mkdir made',
  'unlink made',
  'file read both',
  'file read both by the child',
]

/** As a line, with the paths of this test's directory cut short. */
function line(event: TraceEvent, self: number): string {
  const who = event.pid === self ? '' : ' by the child'
  const fields = event as unknown as Record<string, string | number | undefined>
  const texts = ['from', 'to', 'path', 'target'].flatMap((key) => (fields[key] === undefined ? [] : [fields[key]]))
  const access = typeof fields.access === 'number' ? words(fields.access) : ''
  return `${event.type} ${access} ${texts.join(' ')}${who}`.replaceAll(`${place}/work/`, '').replaceAll(/ +/g, ' ')
}

it('tell what a program does with its files, once for each process and open file', ({ skip }) => {
  if (process.platform !== 'linux') return skip('a Mac has the library itself')
  if (spawnSync('cc', ['--version']).status !== 0) return skip('no C compiler is here')
  const program = compile()
  const cwd = join(place, 'work')
  mkdirSync(cwd)
  for (const name of 'in unread cut more sized two sent map swap1 swap2 both'.split(' '))
    writeFileSync(join(cwd, name), `what ${name} holds`)
  const log = join(place, 'trace.log')
  const fd = createLog(log, 2 ** 26, process.pid)
  const done = spawnSync(program, [log], { cwd, encoding: 'utf8', env: { ASAN_OPTIONS: 'detect_leaks=0' } })
  expect(done.stderr).toBe('')
  const events = [...new LogReader(fd).read(true)]
  closeSync(fd)
  expect(events.map((event) => line(event, done.pid))).toEqual(told)
})
