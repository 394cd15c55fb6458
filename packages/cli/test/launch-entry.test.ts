/** bin/roar finds itself through links, and takes the launcher for commands that run a program. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../bin/roar', import.meta.url))

describe.skipIf(process.platform === 'win32')('bin/roar', () => {
  let place: string
  /** A package in which launcher and program only tell what they are given. */
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'roar-entry-'))
    for (const folder of ['pkg/bin', 'pkg/dist', 'pkg/launcher/build/here', 'links/far'])
      mkdirSync(join(place, folder), { recursive: true })
    copyFileSync(script, join(place, 'pkg/bin/roar'))
    const tell = (who: string): string => `console.log(JSON.stringify(['${who}', ...process.argv.slice(2)]))`
    writeFileSync(join(place, 'pkg/dist/main.js'), tell('node'))
    const launcher = join(place, 'pkg/launcher/build/here/roar-launcher')
    writeFileSync(
      launcher,
      '#!/bin/sh\nuntil expr "$1" : .*main.js >/dev/null; do shift; done; shift\nexec node -e "console.log(JSON.stringify([\'launcher\', ...process.argv.slice(1)]))" -- "$@"\n',
    )
    chmodSync(launcher, 0o755)
  })
  afterEach(() => rmSync(place, { recursive: true }))

  const call = (file: string, ...words: string[]): string[] =>
    JSON.parse(execFileSync(file, words, { encoding: 'utf8', cwd: place }))
  const roar = (...words: string[]): string[] => call(join(place, 'pkg/bin/roar'), ...words)

  it('lets the launcher run what runs a program, whatever options come before', () => {
    expect(roar('run', 'true')).toEqual(['launcher', 'run', 'true'])
    expect(roar('-C', 'a dir', '--color=never', 'build', '--', 'x')).toEqual([
      'launcher',
      '-C',
      'a dir',
      '--color=never',
      'build',
      '--',
      'x',
    ])
    expect(roar('--color', 'always', '-v', 'run', 'x', '')).toEqual([
      'launcher',
      '--color',
      'always',
      '-v',
      'run',
      'x',
      '',
    ])
  })

  it('lets Node do all else', () => {
    for (const words of [['--version'], [], ['log', 'run'], ['-C', 'run', 'status'], ['show', '@1', '--json']])
      expect(roar(...words)).toEqual(['node', ...words])
  })

  it('lets Node run the program where there is no launcher', () => {
    rmSync(join(place, 'pkg/launcher'), { recursive: true })
    expect(roar('run', 'true')).toEqual(['node', 'run', 'true'])
  })

  it('finds itself through absolute and relative links, and from its own folder', () => {
    symlinkSync('../../pkg/bin/roar', join(place, 'links/far/relative'))
    symlinkSync(join(place, 'links/far/relative'), join(place, 'links/absolute'))
    expect(call(join(place, 'links/absolute'), 'log')).toEqual(['node', 'log'])
    expect(call('links/far/relative', 'run', 'x')).toEqual(['launcher', 'run', 'x'])
    expect(execFileSync('sh', ['roar', 'log'], { encoding: 'utf8', cwd: join(place, 'pkg/bin') })).toBe(
      '["node","log"]\n',
    )
  })

  it('adds no variable to an empty environment', () => {
    // The environment that it was started with: a shell adds to its own only later.
    writeFileSync(join(place, 'pkg/launcher/build/here/roar-launcher'), '#!/bin/sh\n/bin/cat /proc/$$/environ\n')
    const { stdout } = spawnSync('env', ['-i', 'A=1', `PATH=${place}`, join(place, 'pkg/bin/roar'), 'run'])
    expect(stdout.toString()).toBe(`A=1\0PATH=${place}\0`)
  })
})
