// What the library for macOS does for the programs that are started, run on Linux as in darwin-hooks.test.ts.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildShim, lackOfShim, runShim } from './darwin-shim.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-starts-')))
afterAll(() => rmSync(place, { recursive: true }))

const log = join(place, 'trace.log')
const given = ['DYLD_INSERT_LIBRARIES=/roar.dylib', `ROAR_TRACE_LOG=${log}`]

/** A program that prints the environment that it was given; a shell adds words of its own. */
function printer(cwd: string, name: string): void {
  writeFileSync(join(cwd, name), '#!/bin/sh\nexec env\n')
  chmodSync(join(cwd, name), 0o755)
}

it('each child gets the library, a script its name, and what is protected nothing but a gap', ({ skip }) => {
  const lack = lackOfShim()
  if (lack) return skip(lack)
  const program = buildShim(place, 'starts', ['environ.c', 'hooks/process.c'])
  const cwd = join(place, 'work')
  mkdirSync(cwd)
  for (const name of ['plain', 'protected', 'script']) printer(cwd, name)
  const words = { DYLD_INSERT_LIBRARIES: '/roar.dylib', ROAR_TRACE_LOG: log }
  const { pid, stdout, stderr, events } = runShim(program, cwd, log, words)
  expect(stderr).toBe('')
  const printed = stdout.split('\n\n').map((part) => {
    const [first, ...words] = part.trim().split('\n')
    return [first, ...words.filter((word) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(word)).sort()]
  })
  const own = ['OWN=1', ...given].sort()
  expect(printed).toEqual([
    ['./plain', ...own],
    ['./protected', 'OWN=1'],
    ['./script', ...own, 'ROAR_TRACE_SCRIPT=./script'],
    ['./missing', 'refused'],
    ['plain', ...own],
    ['forked', ...own],
    ['forked'],
  ])
  const facts = events.map((event) => [event.type, event.pid === pid ? 'parent' : 'child'].join(' of '))
  const spawned = 'fork of child'
  expect(facts.filter((fact) => fact === spawned)).toHaveLength(4 + 2 * 2)
  expect(events.flatMap((event) => (event.type === 'gap' ? [`${event.code} ${event.detail}`] : []))).toEqual([
    'protected-program ./protected',
  ])
  expect(events.flatMap((event) => (event.type === 'exit' ? [event.status] : []))).toEqual([3])
})
