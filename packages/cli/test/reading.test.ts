/** `log`, `show`, `dag` and `status` have a bundle of their own for what is mostly typed: it says what the parser's way says, byte for byte. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { roarBin, type Said, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
afterAll(() => w.remove())
w.write('in.txt', 'hello\n').write('.gitignore', '.roar/\nout*\n').commit()
mkdirSync(join(w.root, 'sub'))
w.must('run', '-q', 'sh', '-c', 'cat in.txt > out1')
w.must('run', '-q', 'sh', '-c', 'sort out1 > out2')
w.must('build', '-q', 'sh', '-c', 'cat in.txt > out3')
w.roar('run', '-q', 'false')
w.must('run', '-q', 'sh', '-c', 'echo more; cat in.txt in.txt > out1')
w.write('new.txt', 'not known to git\n')

const dist = join(dirname(roarBin), '../dist')
const parsed = `require(${JSON.stringify(join(dist, 'dispatch.js'))}).dispatch(process.argv.slice(1)).then((code) => { process.exitCode = code })`
/** Tells of every line whether it is of a plain form; what is said meanwhile stands before the last line. */
const asked = `const { readPlain } = require(${JSON.stringify(join(dist, 'read.js'))})
  const all = JSON.parse(process.argv[1]).map(async ([name, ...words]) => (await readPlain(name, words)) !== null)
  Promise.all(all).then((plain) => console.error('\\n' + JSON.stringify(plain)))`
const node = (script: string, words: readonly string[]): Said =>
  w.execute(process.execPath, ['-e', script, '--', ...words])
const arePlain = (lines: readonly (readonly string[])[]): boolean[] =>
  JSON.parse(
    node(asked, [JSON.stringify(lines)])
      .err.trimEnd()
      .split('\n')
      .at(-1) as string,
  )

/** What is told by the clock may differ between two looks. */
const settled = ({ code, out, err }: Said) => ({
  code,
  out: out.replace(/just now|\d+ \w+ ago/g, 'some time ago'),
  err,
})

const uid = w.job('@2').uid
const digest = w.job('@2').outputs[0]?.digests.blake3 ?? ''

const log = [
  ...['', '--json', '-n 2', '--limit 1 --json', '-n 0', '--all', '--failed', '--builds --json', '--grep sort'],
  ...['--since 1h', '-q', '-v', '-C sub', '-C /', '-n two', '--since never', '-n 1 --all --failed --grep cat -vv'],
]
const show = [
  ...['', '--json', '@1', '@1 --json', '-v @1', '@1 -vv', '@9', '@x', 'out1', './out2 --json', '-C sub ../out2'],
  ...[
    'nothing-there',
    'new.txt',
    'session:current',
    'session:ffff',
    uid,
    digest,
    digest.slice(0, 12),
    'in.txt',
    'show',
  ],
]
const dag = [
  '',
  '--json',
  '--dot',
  '--mermaid',
  '--svg -',
  '--stale-only',
  '--expanded --json',
  '--all',
  'out1',
  '@1 -v',
  '@9',
]
const status = ['', '--json', '-v', '-q', '-C sub', '-C /']
const plain = Object.entries({ log, show, dag, status }).flatMap(([name, all]) =>
  all.map((words) => `${name} ${words}`),
)

const doubtful = [
  ...[
    '--help',
    '-h',
    '-n 1 -n 2',
    '-n -1',
    '-n',
    '--limit=1',
    '-n1',
    '--dirty',
    '--no-dirty',
    '--color always',
    '--color puce',
  ],
  ...['--unknown', '@1', '--', '-qv', '-json', '-'],
].map((words) => `log ${words}`)
doubtful.push(
  'show @1 @2',
  'show --registry',
  'show -- @1',
  'show -',
  'dag --no-dirty',
  'dag --svg',
  'dag --svg --json',
  'status @1',
)

const wordsOf = (line: string): string[] => line.split(' ').filter((word) => word !== '')

describe('said in the same bytes by both ways', () => {
  it.each([...plain, ...doubtful])('roar %s', (line) => {
    expect(settled(w.roar(...wordsOf(line)))).toEqual(settled(node(parsed, wordsOf(line))))
  })

  it('the plain ones by the way of their own, the others by the parser', () => {
    expect(arePlain(plain.map(wordsOf))).toEqual(plain.map(() => true))
    const empty = [
      ['show', ''],
      ['log', '--grep', ''],
    ]
    expect(arePlain([...doubtful.map(wordsOf), ...empty])).toEqual([...doubtful, ...empty].map(() => false))
  })
})

describe('run and build by both ways', () => {
  const records = [
    ...[
      '-n one -- true',
      '-q -n two true',
      '--name three --tracer ptrace -v false',
      '--json --tag a=b --tag c=d true',
      '--allow-dirty true',
    ],
    ...[
      '-C sub pwd',
      '--tag wrong true',
      '--tracer nobody true',
      '--hash sha256 --composite sub -- ls',
      '-- nothing-of-this-name',
      '-q',
      '-vv @1',
    ],
  ]
  const doubtful = [
    '--no-hash-inputs true',
    '--tracer=ptrace true',
    '--tracer-fallback true',
    '--unknown true',
    '-n',
    '-qv true',
    '-n -n true',
  ]
  /** Ids, times and how long it took differ between two runs. */
  const alike = ({ code, out, err }: Said) => {
    const text = (words: string) => words.replace(/\b[0-9a-f]{8,}\b/g, 'id').replace(/\b[\d.]+ m?s\b/g, 'a time')
    const jobs = text(out).replace(
      /^\s+"(uid|started_at|ended_at|duration_ms|execution|pid|parent|start|end|.*_ms|.*_at)": .*$/gm,
      '',
    )
    return { code, out: jobs.replace(/\d+/g, '0'), err: text(err).replace(/@B?\d+/g, '@n') }
  }
  const byParser = (words: readonly string[]) => w.execute(process.execPath, ['-e', parsed, '--', ...words])

  it.each([...records, ...doubtful].map((line) => `run ${line}`))('roar %s', (line) => {
    expect(alike(w.roar(...wordsOf(line)))).toEqual(alike(byParser(wordsOf(line))))
  })
})

it('loads neither streams nor sockets nor cryptography to list the jobs', () => {
  const look = `process.argv.splice(1, 0, 'roar')
    process.on('exit', () => console.error(process.moduleLoadList.join(' ')))
    require(${JSON.stringify(join(dist, 'main.js'))})`
  const loaded = node(look, ['log']).err
  expect(loaded).toContain('NativeModule vm')
  for (const name of ['clipanion', 'net', 'tty', 'crypto', 'child_process', 'worker_threads'])
    expect(loaded).not.toContain(`NativeModule ${name} `)
})
