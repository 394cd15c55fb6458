// What is refused before anything is done, and what the surroundings of a command can lack.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
w.write('.gitignore', '.roar/\nout*\n').commit()

describe('an algorithm that nobody knows', () => {
  it.each([
    [['--hash', 'sha257']],
    [['--hash', 's3-etag-*']],
    [['--hash', 's3-etag-5MiB']],
    [['--hash', 'sha256,sha257']],
  ])('%s starts nothing', (options) => {
    const said = w.roar('run', ...options, 'touch', 'out')
    expect([said.code, said.err]).toEqual([125, expect.stringContaining('ROAR_HASH_UNKNOWN')])
    expect(existsSync(join(w.root, 'out'))).toBe(false)
  })

  it('several are divided by commas', () => {
    w.must('run', '--hash', 'sha256,md5', 'sh', '-c', 'echo x > out-several')
    const [file] = JSON.parse(w.must('show', '@1', '--json').out).job.outputs
    expect(Object.keys(file.digests).sort()).toEqual(['blake3', 'md5', 'sha256'])
  })

  it('in a variable starts nothing either', () => {
    const said = w.shell('$roar run touch out', { ROAR_HASH_PRIMARY: 'nonsense' })
    expect([said.code, said.err]).toEqual([125, expect.stringContaining('ROAR_HASH_UNKNOWN')])
    expect(existsSync(join(w.root, 'out'))).toBe(false)
  })

  it('is not written into the settings', () => {
    const said = w.roar('config', 'set', 'hash.run', 'sha256', 'sha257')
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('Did you mean: sha256')])
    expect(w.must('config', 'get', 'hash.run').out.trim()).toBe('')
    expect(w.roar('config', 'set', 'hash.run', 'sha256').code).toBe(0)
    w.must('config', 'unset', 'hash.run')
  })
})

it.each([
  [['dag', '--dot', '--mermaid']],
  [['dag', '--json', '--svg', '-']],
  [['dag', '-v', '--dot', '--json']],
  [['inputs', '.gitignore', '--direct', '--all']],
])('options that exclude each other are a slip: %s', (words) => {
  const said = w.roar(...words)
  expect([said.code, said.err]).toEqual([2, expect.stringContaining('ROAR_USAGE')])
})

it.each(['status', 'run true', 'hash x', 'init'])('a directory that is gone is said to be so: %s', (command) => {
  const said = w.shell(`mkdir gone && cd gone && rmdir ../gone && $roar ${command}`)
  expect(said.code).toBe(command.startsWith('run') ? 125 : 1)
  expect(said.err).toContain('ROAR_DIRECTORY_GONE')
})

describe.skipIf(process.platform !== 'linux')('an answer that cannot be written', () => {
  it.each(['status', 'log', 'dag', 'config list', 'status --json'])('is an error with its way out: %s', (command) => {
    const said = w.shell(`$roar ${command} > /dev/full`)
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('ROAR_OUTPUT_FAILED')])
    if (command.endsWith('--json')) expect(schemaErrors(JSON.parse(said.err))).toEqual([])
  })

  it('does not become another one where nobody can be told', () => {
    expect(w.shell('$roar status > /dev/full 2> /dev/full').code).toBe(1)
    expect(w.shell('$roar show @99 2> /dev/full').code).toBe(1)
    expect(w.shell('$roar run sh -c "exit 7" 2> /dev/full').code).toBe(7)
  })
})

it.each(['', 'relative'])('HOME set to "%s" makes no files where the command is', (HOME) => {
  const said = w.shell('$roar run -q true', { HOME, XDG_CACHE_HOME: join(w.place, 'cache') })
  expect(said.code, said.err).toBe(0)
  for (const env of [{ HOME, XDG_CACHE_HOME: '' }, { HOME }]) w.shell('$roar hash .gitignore', env)
  expect(w.command('git', 'status', '--porcelain').out).toBe('')
})

it('one file that differs is one', () => {
  w.write('new.txt', 'x')
  expect(w.roar('run', '--allow-dirty', 'true').err).toContain('1 file differs from')
})

it.each([
  ['put', 'roar put [options] SRC… URL'],
  ['hash', 'roar hash [options] PATH…'],
  ['run', 'roar run [options] [--] COMMAND…'],
  ['show', 'roar show [options] [REF]'],
])('help says each word of %s once', (command, usage) => {
  const said = Buffer.from(w.must(command, '--help').out, 'latin1').toString()
  expect(said.split('\n')).toContain(`usage: ${usage}`)
})

it.each([
  [['label', 'set', '@1', 'a=b'], 'roar label set KEY=VALUE'],
  [['label', 'set', 'tag.x=1', '@1'], 'roar tag add'],
  [['inputs', '.gitignore', '--direct', '--all'], 'roar inputs --help'],
  [['inputs', '.gitignore', '--depth', 'x'], 'roar inputs --help'],
  [['status', '--color', 'blue'], '--color auto'],
])('words that are wrong are answered with the way out: %s', (words, remedy) => {
  const said = w.roar(...words)
  expect([said.code, said.err.split('\n').slice(1).join('\n')]).toEqual([2, expect.stringContaining(remedy)])
})
