import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findExecutable } from './find-executable.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-find-'))
mkdirSync(join(place, 'folder'))

function script(name: string, text: string): string {
  writeFileSync(join(place, name), text)
  chmodSync(join(place, name), 0o755)
  return `./${name}`
}

const refusal = (name: string, path = process.env.PATH ?? ''): Record<string, unknown> => {
  try {
    findExecutable(name, place, path)
  } catch (error) {
    return error as Record<string, unknown>
  }
  return {}
}

it('a directory is no command, and no mode makes it one', () => {
  expect(refusal('./folder')).toMatchObject({ code: 'ROAR_COMMAND_NOT_EXECUTABLE', exitCode: 126 })
  expect(String(refusal('./folder').remedy)).not.toContain('chmod')
  expect(refusal('folder').remedy).not.toContain('roar run ./folder')
})

it('behind a directory that is closed to us nothing may be executed', () => {
  const closed = join(place, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0)
  // Nothing is closed to root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  try {
    expect(refusal('./closed/tool')).toMatchObject({ exitCode: 126, why: 'A directory above it is closed to you.' })
    expect(refusal('no-such-tool', `${closed}:/bin`)).toMatchObject({ exitCode: 127 })
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

it('an empty word is told as one', () =>
  expect(refusal('')).toMatchObject({ message: "'': command not found", remedy: [] }))

it('an alias is explained, and no other short word proposed for it', () =>
  expect(refusal('ll')).toMatchObject({ why: expect.stringContaining('alias'), remedy: [] }))

it('a script whose interpreter is not there is not found, and the interpreter is named', () =>
  expect(refusal(script('broken', '#!/no/such/python -u\n'))).toMatchObject({
    code: 'ROAR_COMMAND_NOT_FOUND',
    exitCode: 127,
    message: './broken: its interpreter /no/such/python is not there',
  }))

it('lines that end as on Windows are recognised', () =>
  expect(refusal(script('windows', '#!/bin/sh\r\necho\r\n'))).toMatchObject({
    message: './windows: its interpreter /bin/sh is not there',
    why: expect.stringContaining('carriage return'),
  }))

it.each(['#!/bin/sh\n', '#! /usr/bin/env -S sh -e\n', 'echo no first line\n', '#!sh\n', ''])(
  'a script that starts with %j is taken',
  (text) => expect(findExecutable(script('good', text), place, '')).toBe(join(place, 'good')),
)

it('a file that may not be executed is given to what runs its kind, and to no shell where nothing tells its kind', () => {
  writeFileSync(join(place, 'train.py'), '')
  writeFileSync(join(place, 'data.csv'), '')
  const file = (name: string) => join(place, name)
  expect(refusal('./train.py')).toMatchObject({
    exitCode: 126,
    remedy: [`chmod +x ${file('train.py')}`, `roar run python3 ${file('train.py')}`],
  })
  expect(refusal('./data.csv')).toMatchObject({ exitCode: 126, remedy: [`chmod +x ${file('data.csv')}`] })
})
