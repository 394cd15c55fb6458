// A log without room, jobs beside each other and inside each other, a job that does nothing, programs that are none of a job's.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { paths, roarBin, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })

const start = (w: TestWorkspace, ...words: string[]): { child: ChildProcess; over: Promise<number | null> } => {
  const child = spawn(roarBin, ['run', '-q', ...words], { cwd: w.root, env: w.env, stdio: 'ignore' })
  return { child, over: new Promise((resolve) => child.once('exit', resolve)) }
}
const appears = async (path: string): Promise<void> => {
  for (let i = 0; i < 1500 && !existsSync(path); i++) await sleep(20)
  expect(existsSync(path)).toBe(true)
}
const names = (w: TestWorkspace, edges: Parameters<typeof paths>[0]): string[] =>
  paths(edges).map((path) => path.replace(`${w.root}/`, ''))

type Job = ReturnType<TestWorkspace['job']>
const coverageOf = (job: Job) => job.tracer?.coverage
const gapCodes = (job: Job) => coverageOf(job)?.gaps.map((gap) => gap.code)

/** Each fact names two paths of nearly 4,000 bytes. */
const talkative = (times: number) => `
import os
top = os.getcwd()
for i in range(18):
    os.mkdir('x' * 200)
    os.chdir('x' * 200)
open('m0', 'w').close()
for i in range(${times}):
    os.rename('m%d' % i, 'm%d' % (i + 1))
open(top + '/done', 'w').write('whole')
os._exit(6)
`

/** The command ended as it would have alone; the job says how many facts it lacks. */
function expectLost(w: TestWorkspace, code: number | null): void {
  expect(code).toBe(6)
  expect(readFileSync(join(w.root, 'done'), 'utf8')).toBe('whole')
  const coverage = coverageOf(w.job('@1'))
  expect(coverage?.complete).toBe(false)
  const lost = coverage?.gaps.find((gap) => gap.code === 'events-lost')
  expect(lost?.count).toBeGreaterThan(100)
}

it('load-03: a log that is too small leaves the command unharmed, and the job says how much was lost', () => {
  const w = workspace()
  // Below the size of the two larger logs, so that the smallest is made.
  const said = w.execute('prlimit', ['--fsize=100000000', roarBin, 'run', '-q', 'python3', '-c', talkative(10_000)])
  expectLost(w, said.code)
})

/** Words that run a command with a file system of its own, of so many bytes, at each of the places. */
const confined = (size: string, ...places: string[]): string[] => {
  const mounts = places.map((place) => `mount -t tmpfs -o size=${size} roar-test ${place}`)
  return ['-m', 'sh', '-c', `${mounts.join(' && ')} && exec "$@"`, 'sh']
}
const mountable = spawnSync('unshare', [...confined('3m', '/dev/shm'), 'true']).status === 0

it('load-05: a file system without room for the log leaves the command unharmed, and the job says how much was lost', ({
  skip,
}) => {
  if (!mountable) skip('no tmpfs of one’s own can be mounted here')
  const w = workspace()
  const words = [roarBin, 'run', '-q', 'python3', '-c', talkative(1_000)]
  expectLost(w, w.execute('unshare', [...confined('3m', '/dev/shm'), ...words]).code)
})

it('takes another place for the log when the first has no room, and refuses to start without any', ({ skip }) => {
  if (!mountable) skip('no tmpfs of one’s own can be mounted here')
  const w = workspace()
  const words = [roarBin, 'run', '-q', 'sh', '-c', ': > made']
  expect(w.execute('unshare', [...confined('64k', '/dev/shm'), ...words])).toMatchObject({ code: 0, err: '' })
  expect(names(w, w.job('@1').outputs)).toEqual(['made'])
  const tmp = join(w.root, 'tmp')
  mkdirSync(tmp)
  const other = [roarBin, 'run', '-q', 'sh', '-c', ': > other']
  const refused = w.execute('unshare', [...confined('64k', '/dev/shm', tmp), ...other], { env: { TMPDIR: tmp } })
  expect(refused.code).toBe(125)
  expect(refused.err).toContain('ROAR_RUN_DIRECTORY')
  expect(existsSync(join(w.root, 'other'))).toBe(false)
})

it('load-04: two runs of one program at the same time have their own files each', async () => {
  const w = workspace().write('in1', 'one').write('in2', 'two')
  const script = 'read x < in$0; : > begun$0; while [ ! -e go ]; do sleep 0.02; done; echo "$x" > out$0'
  const both = [1, 2].map((n) => start(w, 'sh', '-c', script, String(n)).over)
  await appears(join(w.root, 'begun1'))
  await appears(join(w.root, 'begun2'))
  writeFileSync(join(w.root, 'go'), '')
  expect(await Promise.all(both)).toEqual([0, 0])
  const seen = ['@1', '@2'].map((ref) => w.job(ref)).map((job) => [names(w, job.inputs), names(w, job.outputs)])
  expect(seen.sort()).toEqual([1, 2].map((n) => [[`in${n}`], [`begun${n}`, `out${n}`]]))
})

// The launcher of the inner run is a static program; its tracer's filter would be a second one above a supervised process.
it.each([
  ['preload', 'static-binary', []],
  ['hybrid', 'own-sandbox', ['no-supervisor']],
] as const)(
  'load-07: a run inside a run of %s records its own job, and says if it had no supervisor; the outer one says whom it could not follow',
  (name, gap, lacks) => {
    const w = workspace().write('a', 'hello')
    const outside = ['run', '-q', '--tracer', name, '--no-tracer-fallback']
    expect(w.roar(...outside, roarBin, 'run', '-q', 'sh', '-c', 'cat a > n; exit 3').code).toBe(3)
    const jobs = ['@1', '@2'].map((ref) => w.job(ref))
    const inner = jobs.find((job) => job.argv[0] === 'sh')
    const outer = jobs.find((job) => job.argv[0] !== 'sh')
    expect([names(w, inner?.inputs ?? []), names(w, inner?.outputs ?? [])]).toEqual([['a'], ['n']])
    expect(inner && gapCodes(inner)).toEqual(lacks)
    expect(outer && gapCodes(outer)).toContain(gap)
  },
)

/** Hundredths of a second in user and kernel mode, of the process and of those it has waited for. */
function ticks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}
const tree = (pid: number): number[] => [
  pid,
  ...readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean))
    .flatMap((child) => tree(Number(child))),
]

it('load-08: a job that does nothing costs nothing', async () => {
  const w = workspace()
  const { child, over } = start(w, 'sh', '-c', ': > begun; sleep 4; :')
  await appears(join(w.root, 'begun'))
  await sleep(800)
  const pids = tree(child.pid as number)
  expect(pids.length).toBeGreaterThanOrEqual(3)
  const spent = () => pids.reduce((sum, pid) => sum + ticks(pid), 0)
  const before = spent()
  await sleep(2500)
  // One in a hundred of the time, for the beat by which the log knows that its reader lives.
  expect(spent() - before).toBeLessThanOrEqual(2)
  expect(await over).toBe(0)
})

it('load-09: a program that is none of the job’s is not touched, and its files are none of the job’s', async () => {
  const w = workspace().write('mine', 'x').write('theirs', 'y')
  const { over } = start(w, 'sh', '-c', 'cat mine > made; while [ ! -e go ]; do sleep 0.02; done')
  await appears(join(w.root, 'made'))
  const look =
    'cat theirs > stranger; grep -c roar-preload /proc/self/maps; grep -E "TracerPid|Seccomp:" /proc/self/status'
  const during = w.command('sh', '-c', look)
  writeFileSync(join(w.root, 'go'), '')
  expect(await over).toBe(0)
  expect(during.out).toBe(w.command('sh', '-c', look).out)
  expect(during.out).toMatch(/^0\nTracerPid:\t0\n/)
  expect([names(w, w.job('@1').inputs), names(w, w.job('@1').outputs)]).toEqual([['mine'], ['made']])
})
