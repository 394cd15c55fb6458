// The hooks of the library for macOS, and the records that they write, run on Linux: what Apple's system does is done by other means, what is tested is the library's own.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessBits, type TraceEvent } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'
import { buildShim, lackOfShim, runShim } from './darwin-shim.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-hooks-')))
afterAll(() => rmSync(place, { recursive: true }))

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
  const lack = lackOfShim()
  if (lack) return skip(lack)
  const program = buildShim(place, 'files', ['hooks/open.c', 'hooks/io.c', 'hooks/names.c'])
  const cwd = join(place, 'work')
  mkdirSync(cwd)
  for (const name of 'in unread cut more sized two sent map swap1 swap2 both'.split(' '))
    writeFileSync(join(cwd, name), `what ${name} holds`)
  const { pid, stderr, events } = runShim(program, cwd, join(place, 'trace.log'))
  expect(stderr).toBe('')
  expect(events.map((event) => line(event, pid))).toEqual(told)
})
