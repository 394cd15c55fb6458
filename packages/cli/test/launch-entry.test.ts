/** bin/roar finds itself through links, and takes the launcher for commands that run a program. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cannotLaunch, launcher } from './launch-workbench.ts'

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
      '#!/bin/sh\n[ "$1" = --environment ] && exit\n[ "$1" = --alone ] && shift && exec "$@"\nuntil expr "$1" : .*main.js >/dev/null; do shift; done; shift\nexec node -e "console.log(JSON.stringify([\'launcher\', ...process.argv.slice(1)]))" -- "$@"\n',
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

  describe.skipIf(cannotLaunch())(`hands on ${cannotLaunch() || 'the environment that it was started with'}`, () => {
    /** What the recorder finds, as the kernel has it; the launcher's word to it comes last. */
    const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
    const found = (given: Record<string, string>): string[] => {
      copyFileSync(launcher, join(place, 'pkg/launcher/build/here/roar-launcher'))
      writeFileSync(
        join(place, 'pkg/dist/main.js'),
        "require('fs').writeSync(2, require('fs').readFileSync('/proc/self/environ'))",
      )
      const { stderr } = spawnSync(join(place, 'pkg/bin/roar'), ['run', 'x'], {
        env: { PATH, ...given },
        maxBuffer: 1 << 24,
      })
      return stderr
        .toString()
        .split('\0')
        .filter((entry) => !/^(PATH|ROAR_LAUNCHER\w*)=|^$/.test(entry))
    }

    it('whether a shell can name it or not', () => {
      const given = {
        'BASH_FUNC_module%%': "() { echo 'it\\'s \n}",
        'a.b': '1',
        'x-y': '$(id)`id`',
        É: 'é\u0301',
        '1': '2',
      }
      expect(found(given)).toEqual(Object.entries(given).map(([name, value]) => `${name}=${value}`))
    })

    it('in its order, and with values that shells set or this script needs', () => {
      const given = {
        Z: '',
        PWD: '/nowhere',
        SHLVL: '7',
        IFS: ':',
        _: '/x',
        PPID: '1',
        value: 'v',
        home: 'h',
        self: 's',
        A: '1',
      }
      expect(found(given)).toEqual(Object.entries(given).map(([name, value]) => `${name}=${value}`))
    })

    it('when it is empty', () => {
      expect(found({})).toEqual([])
    })

    it('when there is more of it than can be handed on twice', () => {
      const given = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`H${at}`, 'x'.repeat(100_000)]))
      expect(found({ ...given, 'h.h': 'y'.repeat(100_000) })).toHaveLength(16)
    })
  })
})
