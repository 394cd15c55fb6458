// A run in a container is another's neighbour, not its heir: whoever lives in another PID namespace is not recorded as interrupted.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { roarBin, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })

const isRoot = process.getuid?.() === 0
/** As in a container: its own processes, and a /proc that has no others. */
const contained = ['unshare', ...(isRoot ? [] : ['-Ur']), '--fork', '--kill-child', '--pid', '--mount-proc']
/** With shared memory of its own too, as containers have it. */
const apart = [...contained, 'sh', '-c', 'mount -t tmpfs tmpfs /dev/shm && exec "$@"', 'sh']
const works = (words: string[]): boolean => spawnSync(words[0] as string, [...words.slice(1), 'true']).status === 0
const why = works(apart) ? '' : ' (no PID namespace here)'

const waiting = 'echo 1 > early; while [ ! -e go ]; do sleep 0.02; done; sh -c "echo 2 > late"'

function start(
  w: TestWorkspace,
  ...before: string[]
): { readonly child: ChildProcess; readonly over: Promise<number | null> } {
  const words = [...before, roarBin, 'run', '--tracer', 'preload', 'sh', '-c', waiting]
  const child = spawn(words[0] as string, words.slice(1), { cwd: w.root, env: w.env, stdio: 'ignore' })
  return { child, over: new Promise((resolve) => child.once('exit', resolve)) }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1500 && !isSo(); i++) await sleep(20)
}

const run = (w: TestWorkspace, ...before: string[]) => {
  const words = [...before, roarBin, 'run', 'true']
  return w.execute(words[0] as string, words.slice(1))
}

/** A run that waits, another beside it, and the end of the first. */
async function besides(first: string[], second: string[]) {
  const w = workspace()
  const { over } = start(w, ...first)
  await until(() => existsSync(join(w.root, 'early')))
  const said = run(w, ...second)
  expect(said.code).toBe(0)
  w.write('go', '')
  expect(await over).toBe(0)
  expect(w.roar('doctor', '--json').out).toMatch(/"name": ?"database",\s*"ok": ?true/)
  return { said, job: w.job('@1') }
}

const whole = { status: 'completed', exit_code: 0, tracer: { coverage: { complete: true } } }
const paths = (job: { readonly outputs: readonly { readonly path: string }[] }) =>
  job.outputs.map(({ path }) => path).sort()

it.skipIf(why)(`a run in a container is seen from the host${why}`, async () => {
  const { said, job } = await besides(contained, [])
  // A plain user's host may itself be a container.
  if (isRoot) expect(said.err).not.toContain('interrupted')
  expect(job).toMatchObject(whole)
  expect(paths(job)).toEqual(['early', 'late'])
})

it.skipIf(why).each([
  ['on the host', []],
  ['in another container', apart],
])(`a run %s that cannot be seen from a container has the last word${why}`, async (_where, first) => {
  const { said, job } = await besides(first, apart)
  expect(said.err).toContain('cannot be seen from here')
  expect(job).toMatchObject(whole)
  expect(paths(job)).toEqual(['early', 'late'])
})

it.skipIf(why)(`the log of a run that cannot be seen is left alone by a container that has it${why}`, async () => {
  const { said, job } = await besides(contained, contained)
  expect(said.err).not.toContain('interrupted')
  expect(job).toMatchObject(whole)
  expect(paths(job)).toEqual(['early', 'late'])
})

it.skipIf(why)(`a run whose container was killed is recorded as interrupted by the next one${why}`, async () => {
  const w = workspace()
  const { child, over } = start(w, ...contained)
  await until(() => existsSync(join(w.root, 'early')))
  child.kill('SIGKILL')
  await over
  await sleep(200)
  expect(run(w).err).toMatch(/as interrupted: its recorder (had died|cannot be seen)/)
  expect(w.job('@1')).toMatchObject({ status: 'interrupted' })
  expect(paths(w.job('@1'))).toEqual(['early'])
})

it('many runs that find a dead one record it once, and none of them complains', async () => {
  const w = workspace()
  const { child, over } = start(w)
  await until(() => existsSync(join(w.root, 'early')))
  const recorder = spawnSync('pgrep', ['-P', String(child.pid), 'node'], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')[0]
  process.kill(Number(recorder), 'SIGKILL')
  w.write('go', '')
  await over
  const beside = (n: number) =>
    new Promise<string>((resolve) => {
      const one = spawn(roarBin, ['run', '-q', 'touch', `other${n}`], {
        cwd: w.root,
        env: w.env,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let err = ''
      one.stderr.on('data', (text) => {
        err += text
      })
      one.on('close', (code) => resolve(`${code} ${err}`))
    })
  const said = await Promise.all(Array.from({ length: 8 }, (_, n) => beside(n)))
  expect(said).toEqual(Array(8).fill('0 '))
  expect(w.job('@1').status).toBe('interrupted')
})
