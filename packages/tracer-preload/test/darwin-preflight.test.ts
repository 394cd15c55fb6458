// What is said of a command before it runs on macOS: asked here of a process that says of itself that it runs there.
import { chmodSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '@roar/core'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { inspectTarget } from '../src/inspect-target.ts'
import { cpuTypes } from '../src/macho.ts'
import { preflight } from '../src/preflight.ts'
import { startRequest } from '../src/start-request.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-preflight-')))
afterAll(() => rmSync(place, { recursive: true }))

const here = process.platform
const platform = (value: string) => Object.defineProperty(process, 'platform', { value })
beforeEach(() => platform('darwin'))
afterEach(() => platform(here))

const command = (...argv: string[]): Command => ({
  argv,
  cwd: place,
  env: { PATH: place, DYLD_INSERT_LIBRARIES: '/own.dylib' },
  runDirectory: place,
})

/** A program of this machine, as far as its first bytes say. */
function program(name: string, cpu = cpuTypes[process.arch] ?? 0): string {
  const bytes = Buffer.alloc(32)
  bytes.writeUInt32LE(0xfeedfacf)
  bytes.writeUInt32LE(cpu, 4)
  return executable(name, bytes)
}

function executable(name: string, bytes: Buffer | string): string {
  const path = join(place, name)
  writeFileSync(path, bytes)
  chmodSync(path, 0o755)
  return path
}

it('a program of the system itself, by whatever name, is a gap with the way out', async () => {
  symlinkSync('/usr/bin/env', join(place, 'linked'))
  for (const words of [['/usr/bin/env', 'true'], ['linked']]) {
    const { gaps, checks } = await preflight(command(...words))
    expect(gaps?.map(({ code }) => code)).toEqual(['protected-program'])
    expect(checks.find(({ name }) => name === 'program')?.detail).toMatch(/protected by macOS.*Homebrew/)
  }
})

it('a script is judged by the program that its first line names', () => {
  const own = program('python')
  executable('script', `#!${own}\n`)
  executable('systems', '#!/usr/bin/env python\n')
  expect(inspectTarget(command('script'))?.gap).toBeNull()
  expect(inspectTarget(command('systems'))?.gap).toBe('protected-program')
})

it('a program of another machine is one of a foreign architecture', () => {
  expect(inspectTarget(command(program('foreign', 7)))?.gap).toBe('foreign-architecture')
})

it('the library stands behind those of the user, and is given to nothing that would end by it', () => {
  const own = inspectTarget(command(program('own')))
  expect(startRequest(command('own'), own, '/roar.dylib', '/log').env).toEqual({
    DYLD_INSERT_LIBRARIES: '/own.dylib:/roar.dylib',
    ROAR_TRACE_LOG: '/log',
  })
  expect(startRequest(command('env'), inspectTarget(command('/usr/bin/env')), '/roar.dylib', '/log').env).toEqual({})
})
