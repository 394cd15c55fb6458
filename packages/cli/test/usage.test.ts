// Words that roar does not understand: what is said of them, and the exit code.
import { afterAll, describe, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
w.write('.gitignore', '.roar/\n').commit()

describe('what cannot be understood before a command starts', () => {
  it.each([
    [['run', '--frobnicate', 'true'], 'ROAR_OPTION_UNKNOWN'],
    [['run', '--color=blue', 'true'], 'ROAR_USAGE'],
    [['build', '--name'], 'ROAR_USAGE'],
    [['run'], 'ROAR_USAGE'],
    [['run', '-n', '', 'true'], 'ROAR_USAGE'],
  ])('%s is no exit code of the command itself', (words, code) => {
    const said = w.roar(...words)
    expect([said.code, said.err]).toEqual([125, expect.stringContaining(code)])
  })

  it('an option of the command does not make the error a document', () =>
    expect(w.roar('run', '--frobnicate', 'ls', '--json').err).toMatch(/^error: /))
})

it.each([
  [['export', '@1'], 'roar export needs --format.'],
  [['lineage'], 'usage: roar lineage [options] REF'],
  [['log', '--grep'], '--grep needs a value.'],
  [['pop', 'this'], "'this' is a word too many."],
  [['config', 'lst'], 'Did you mean: roar config list'],
  [['tracer', 'frob'], "roar tracer has no command 'frob'."],
  [['tag', 'ad', 'a=b', 'x'], 'Did you mean: roar tag add'],
  [['--frob'], 'roar has no option --frob.'],
  [['show', 'a', 'b'], 'Those are not the words that roar show takes.'],
  [['show', ''], 'The word for what is meant is empty.'],
  [['hash', ''], 'The name of a file is empty.'],
])('%s is told in words of ours', (words, message) => {
  const said = w.roar(...words)
  expect([said.code, said.err]).toEqual([2, expect.stringContaining(message)])
})

it('no letter is proposed for another', () => expect(w.roar('log', '--limit', '-5').err).not.toContain('Did you mean'))

it.each([
  ['status', 1],
  ['run true', 125],
])('a misspelled -C is told: %s', (command, code) => {
  const said = w.roar('-C', '/no/such', ...command.split(' '))
  expect([said.code, said.err]).toEqual([code, expect.stringContaining('There is no directory /no/such.')])
})

it('a name that starts with a vowel has its article', () =>
  expect(w.roar('export', '.gitignore', '--format', 'nonsense').err).toContain('an exporter'))

it.each(['--help', '--version', 'log --help', 'help'])(
  'help that cannot be written is an error as any other: %s',
  (words) => {
    const said = w.shell(`$roar ${words} > /dev/full`)
    expect([said.code, said.err]).toEqual([1, expect.stringMatching(/^error: .* \[ROAR_OUTPUT_FAILED\]\n/)])
    expect(w.shell(`set -o pipefail; $roar ${words} | true`)).toMatchObject({ code: 0, err: '' })
  },
)

it.skipIf(process.platform !== 'linux')(
  'help is broken between words where the terminal is narrow, its examples are not',
  () => {
    const { out } = w.shell('script -qc "stty cols 60; $roar run --help" /dev/null')
    const [text = '', examples = ''] = Buffer.from(out, 'latin1').toString().replaceAll('\r', '').split('\nexamples\n')
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([])
    expect(text).toContain('records the\njob. The exit code')
    expect(text).toContain('\n                     another active tracer\n')
    expect(examples).toContain("roar run sh -c 'sort data.csv | uniq > unique.csv'  a shell line")
    expect(w.must('run', '--help').out).toContain('records the job. The exit code')
  },
)

it('without a PATH a command is sought where execvp seeks it', () => {
  const said = w.shell('env -u PATH $roar run -q --allow-dirty sh -c "echo found"')
  expect([said.code, said.out]).toEqual([0, 'found\n'])
})

it('of a directory its files are named, which are what is recorded', () => {
  w.must('run', '-q', '--allow-dirty', 'sh', '-c', 'mkdir -p made/deep; echo a > made/one; echo b > made/deep/two')
  const said = w.roar('show', 'made/')
  expect([said.code, said.err]).toEqual([1, expect.stringMatching(/Below it.*: made\/one, made\/deep\/two\./)])
  expect(w.roar('-C', 'made', 'lineage', 'deep').err).toContain('deep/two')
})

it('what cannot be started is not said to be observable', () => {
  w.write('plain.txt', 'x')
  for (const [command, message] of [
    ['nosuchcommand', 'NOT_FOUND'],
    ['./plain.txt', 'NOT_EXECUTABLE'],
  ] as const) {
    const said = w.roar('tracer', 'check', command)
    expect([said.code, said.err]).toEqual([1, expect.stringContaining(`ROAR_COMMAND_${message}`)])
  }
})

it('a value may stand at its short option', () => {
  w.must('run', '-q', '--allow-dirty', '-nglued', 'true')
  expect(w.must('log', '-n1').out).toContain('glued: true')
})

it('a file that cannot be written to is told, and no inner fault', () => {
  for (const file of ['.', '/dev/full']) {
    const said = w.roar('dag', '--svg', file)
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('ROAR_OUTPUT_FAILED')])
  }
})

it('doctor outside of a workspace says once that there is none', () => {
  const { checks } = JSON.parse(w.roar('-C', '/', 'doctor', '--json').out) as {
    checks: { name: string; ok: boolean }[]
  }
  expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual(['workspace'])
})
