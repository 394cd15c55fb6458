/** Small things that people see in every answer. */
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
