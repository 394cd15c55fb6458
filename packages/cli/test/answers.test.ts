/** Small things that people see in every answer. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
w.write('in.txt', 'hello\n').write('.gitignore', '.roar/\nout*\n').commit()
w.must('run', '-q', '-n', 'copy', 'cp', 'in.txt', 'out1')
w.must('run', '-q', 'sort', '-o', 'out2', 'out1')

it.each(['status', 'log', 'dag', 'dag --all', 'lineage out2', 'dag --mermaid', 'dag --dot'])(
  'roar %s names the steps that have names',
  (line) => {
    const { out } = w.must(...line.split(' '))
    expect(out).toContain('copy: cp in.txt out1')
    expect(out).not.toContain(': sort')
  },
)

it('settings are one a line with tabs for a program, and aligned at a terminal', () => {
  const lines = w.must('config', 'list', '--origin').out.trimEnd().split('\n')
  expect(lines).toContain('hash.primary\tblake3\tdefault')
  expect(lines).toContain('registry.url\t\tdefault')
  expect(w.shell('script -qc "$roar config list" /dev/null').out).toMatch(/hash\.primary +blake3\r?\n/)
})

it('tracer check takes a last --json for its own', () => {
  expect(JSON.parse(w.must('tracer', 'check', 'true', '--json').out)).toMatchObject({ schema: 'roar.tracers/1' })
})

it('whoever waits at a terminal for a registry that is not there is told what for', () => {
  const seen = w.shell('script -qc "$roar register out2 -y --registry http://127.0.0.1:64999" /dev/null')
  expect(seen.out).toContain(
    'http://127.0.0.1:64999 does not answer (connect ECONNREFUSED 127.0.0.1:64999); trying again',
  )
  expect(seen.out).toContain('ROAR_REGISTRY_UNREACHABLE')
})

it.each(['show @1 --help', 'config get hash.primary -h', 'log -n 2 --help'])('roar %s explains the command', (line) => {
  expect(w.must(...line.split(' ')).out).toContain('\nusage: roar ')
})

it('a setting that is misspelled is told before its value is looked at', () => {
  const said = w.roar('config', 'set', 'hash.primry', 'x')
  expect(said.code).toBe(1)
  expect(said.err).toContain('ROAR_CONFIG_UNKNOWN_KEY')
  expect(said.err).toContain('hash.primary')
})

it('a token behind a dash in the name of a branch is not recorded', () => {
  const token = `ghp_${'a1B2c3D4'.repeat(5).slice(0, 36)}`
  w.command('git', 'switch', '-q', '-c', `fix-${token}`)
  w.must('run', '-q', 'cp', 'in.txt', 'out3')
  w.command('git', 'switch', '-q', 'main')
  expect(w.job('@3').git?.branch).toBe('fix-<redacted:github-token>')
})

it('a file is shown under the name that it was asked for, and what has become of it is told', () => {
  w.must('run', '-q', 'cp', 'out1', 'out-same')
  w.must('run', '-q', 'cp', 'out1', 'out-again')
  expect(w.must('show', 'out-same').out.split('\n')[0]).toBe('out-same')
  expect(w.must('show', 'out-same').out).not.toContain('on disk')
  w.write('out-same', 'jello\n')
  expect(w.must('show', 'out-same').out).toMatch(/on disk +changed since/)
  const { artifact } = JSON.parse(w.must('show', './out-same', '--json').out)
  expect(artifact.asked).toEqual({ path: 'out-same', on_disk: 'changed' })
  w.command('rm', 'out-same')
  expect(w.must('show', 'out-same').out).toMatch(/on disk +not there any more/)
})

it('an output that a later job has moved or removed is not missing, but what nobody has recorded is', () => {
  const own = new TestWorkspace()
  own.must('run', '-q', '--allow-dirty', 'sh', '-c', 'echo 1 > a; echo 2 > b; echo 3 > c; mkdir d; echo 4 > d/x')
  for (const line of ['mv a a2', 'rm b', 'mv d e']) own.must('run', '-q', '--allow-dirty', ...line.split(' '))
  own.command('rm', 'c')
  const { out } = own.must('status')
  expect(out).toContain('2 present, 2 moved, 1 removed, 1 missing')
  expect(out).toMatch(/moved +a +made by @1, moved to a2 by @2\n/)
  expect(out).toMatch(/removed +b +made by @1, removed by @3\n/)
  expect(out).toMatch(/moved +d\/x +made by @1, moved to e\/x by @4\n/)
  expect(out).toMatch(/missing +c +made by @1\n/)
  const { outputs, counts } = JSON.parse(own.must('status', '--json').out)
  expect(counts.missing).toBe(4)
  expect(outputs.find(({ path }: { path: string }) => path === 'a').gone).toEqual({ step: '@2', moved_to: 'a2' })
  own.must('run', '-q', '--allow-dirty', '@1')
  expect(own.must('status').out).not.toContain('removed')
  own.remove()
})

it('of jobs that were chosen by a condition none is not no job at all', () => {
  expect(w.must('log', '--failed').out).toBe('No job is of that kind.\n')
  expect(w.must('log', '--builds', '--all').out).toBe('No job is of that kind.\n')
})

it('the digest of a link is that of the file behind it, and what has none is told in words', () => {
  w.command('ln', '-s', 'in.txt', 'out-link')
  w.command('ln', '-s', 'nowhere', 'out-astray')
  expect(w.must('hash', 'out-link').out).toBe(w.must('hash', 'in.txt').out.replace('in.txt', 'out-link'))
  // Whoever reads the digests line by line gets nothing else.
  expect(w.roar('hash', 'out-astray', '/dev/null')).toMatchObject({
    code: 1,
    out: '',
    err: 'its links lead to no file  out-astray\nis no regular file  /dev/null\n',
  })
})

it('a plugin that cannot be loaded is not added, and told later with what it says itself, and a way out other than the question', () => {
  const roar = { api: 1, contributes: { exporters: [{ name: 'broken', export: 'make' }] } }
  const manifest = { name: 'broken-plugin', version: '1.0.0', type: 'module', exports: './index.js', roar }
  w.write('tools/package.json', JSON.stringify(manifest)).write('broken', '')
  const text = `import { existsSync } from 'node:fs'
if (existsSync(new URL('../broken', import.meta.url))) throw new Error('boom')
export const make = () => ({ name: 'broken', mediaType: 'text/plain', export: () => '' })
`
  w.write('tools/index.js', text)
  const before = readFileSync(join(w.root, '.roar/config.toml'), 'utf8')
  expect(w.roar('plugin', 'add', './tools')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /broken-plugin was not added: .*ROAR_PLUGIN_FAILED\]\n {2}Error: boom\n.*roar plugin add .\/tools\n$/,
    ),
  })
  expect(readFileSync(join(w.root, '.roar/config.toml'), 'utf8')).toBe(before)
  expect(existsSync(join(w.root, '.roar/plugins.lock'))).toBe(false)
  rmSync(join(w.root, 'broken'))
  expect(w.must('plugin', 'add', './tools').out).toContain('exporter broken')
  w.write('broken', '')
  const said = w.roar('plugin', 'check')
  expect([said.code, said.out]).toEqual([1, expect.stringContaining('Error: boom')])
  expect(Buffer.from(said.out, 'latin1').toString()).toContain('→ roar plugin remove broken-plugin')
  w.must('plugin', 'remove', 'broken-plugin')
})

it('a tracer that is not there is not written into the settings', () => {
  const said = w.roar('config', 'set', 'tracer.default', 'preloda')
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('ROAR_TRACER_UNKNOWN')])
  w.must('config', 'set', 'tracer.default', 'auto')
  w.must('config', 'unset', 'tracer.default')
})

it('what a message proposes for a tracer without rights can be typed', () => {
  const said = w.roar('tracer', 'enable', 'preload')
  expect(said.err).toContain(' roar tracer check preload --command true\n')
  expect(w.must('tracer', 'check', 'preload', '--command', 'true').out).toContain('preload')
})

it('a digest of another algorithm than those of the workspace may belong to a known file', () => {
  const said = w.shell('$roar find $(sha256sum in.txt | cut -c1-64)')
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('Runs are recorded here with blake3;')])
})

it('a content at two paths is one node of a picture, and each path stands where it was used', () => {
  w.write('once.txt', 'copied\n').commit()
  w.must('run', '-q', 'cp', 'once.txt', 'out-twice')
  const step = w.must('log', '-n', '1').out.match(/@\d+/)?.[0] as string
  const lines = (format: string) => w.must('dag', step, format).out.split('\n')
  expect(lines('--mermaid').filter((line) => line.includes('-->'))).toEqual(['  n1 --> n0', '  n0 -->|"out-twice"| n1'])
  expect(lines('--dot').filter((line) => line.includes('->') && line.includes('label'))).toEqual([
    expect.stringMatching(/^ {2}"job:\w+" -> "artifact:\w+" \[label="out-twice"\];$/),
  ])
})

it('outside of a workspace the settings of the user can be changed, and what is built in works', () => {
  const outside = (...words: string[]) => w.roar('-C', w.place, ...words)
  expect(outside('config', 'set', '--user', 'hash.run', '["sha256", "md5"]')).toMatchObject({ code: 0 })
  expect(w.must('config', 'get', 'hash.run').out).toBe('sha256\nmd5\n')
  expect(outside('config', 'set', '--user', 'hash.run', 'sha256')).toMatchObject({ code: 0 })
  expect(w.must('config', 'get', 'hash.run').out).toBe('sha256\n')
  expect(outside('config', 'list', '--origin').out).toMatch(/^hash\.run\tsha256\t.*config\.toml$/m)
  expect(outside('config', 'unset', '--user', 'hash.run')).toMatchObject({ code: 0 })
  expect(outside('hash', 'project/in.txt').out.split(' ')[0]).toBe(w.must('hash', 'in.txt').out.split(' ')[0])
  w.write('some/a', '1').write('some/b/c', '2')
  expect(outside('hash', 'project/some')).toMatchObject({ code: 0, err: '' })
  expect(outside('hash', 'project/some').out.split(' ')[0]).toBe(w.must('hash', 'some').out.split(' ')[0])
  for (const words of [['tracer'], ['plugin', 'list'], ['env']])
    expect(outside(...words), words[0]).toMatchObject({ code: 0 })
  for (const words of [
    ['status'],
    ['run', 'true'],
    ['config', 'set', 'hash.run', 'md5'],
    ['env', 'set', 'A=b'],
    ['plugin', 'add', './x'],
  ])
    expect(outside(...words).err, words[0]).toContain('ROAR_WORKSPACE_MISSING')
})

it('a hard link that a job makes is one of its outputs: it is shown, and found by its name', () => {
  w.must('run', '-q', '--allow-dirty', 'sh', '-c', 'echo linked > hard.one; ln hard.one hard.two')
  const { job } = JSON.parse(w.must('show', 'hard.two', '--json').out).artifact.produced_by[0]
  expect(w.must('show', job).out).toContain('hard.one (also hard.two)')
})
