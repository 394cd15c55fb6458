// Secrets in a command, in what it starts, in variables, in git's addresses, in tags and settings: none reaches the disk, and roar never says one.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { plants, privateKey } from '../../host/src/secrets/plants.test-data.ts'
import { roarBin, type Said, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces()

/** Every byte that roar has written: the workspace's record and the user's caches. */
function written(w: TestWorkspace): string {
  const folders = [join(w.root, '.roar'), join(w.place, 'home')]
  const files = folders.flatMap((at) =>
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name)),
  )
  return files.map((file) => readFileSync(file, 'latin1')).join('\n')
}

const leaks = (texts: readonly string[], secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => texts.some((text) => text.includes(secret)))

const said = (...all: readonly Said[]): string => all.map(({ out, err }) => out + err).join('\n')
const secrets = plants.map(({ secret }) => secret)
const bare = plants.filter(({ needsName }) => !needsName).map(({ secret }) => secret)
const named = plants.filter(({ needsName }) => needsName).map(({ secret }) => secret)
const looks: readonly (readonly string[])[] = [
  ['show', '@1', '-vv'],
  ['show', '@1', '--json'],
  ['log', '--json'],
  ['status'],
  ['dag'],
]

it('two hundred secrets on a command line, and on those of its children', () => {
  const w = workspace()
  const announced = named.map((secret, i) => (i % 2 ? `--api-key=${secret}` : `DB_PASSWORD=${secret}`))
  const script = 'true "$@"; /bin/echo "$@" > /dev/null; exec env -- /bin/true "$@"'
  const run = w.roar('run', 'sh', '-c', script, 'sh', ...bare, ...announced, privateKey('argv'))
  expect(run.code).toBe(0)
  const job = w.job('@1')
  expect(job.processes.length).toBeGreaterThan(1)
  expect(job.argv.filter((word) => word.includes('<redacted:')).length).toBe(secrets.length + 1)
  const texts = [written(w), said(run, ...looks.map((words) => w.roar(...words)))]
  expect(leaks(texts, [...secrets, ...privateKey('argv').split('\n').slice(1, -1)])).toEqual([])
}, 120_000)

it('in variables, recorded ones and others, and where the shell puts their values', () => {
  const w = workspace()
  const env: Record<string, string> = {}
  for (const [i, secret] of bare.entries()) env[i % 2 ? `OTHER_${i}` : `CUDA_THING_${i}`] = secret
  for (const [i, secret] of named.entries()) env[`SERVICE_${i}_PASSWORD`] = secret
  const run = w.shell('"$roar" run sh -c "true $SERVICE_0_PASSWORD; /bin/true $SERVICE_3_PASSWORD"', env)
  expect(run.code).toBe(0)
  const { variables, commitments } = w.job('@1').environment ?? {}
  expect(variables?.CUDA_THING_0).toMatch(/^<redacted:/)
  expect(commitments?.SERVICE_1_PASSWORD).toMatch(/^[0-9a-f]{32}$/)
  expect(leaks([written(w), said(run, w.roar('show', '@1', '-vv'), w.roar('show', '@1', '--json'))], secrets)).toEqual(
    [],
  )
}, 120_000)

it('equal values have equal commitments, other values other ones, and another workspace has its own key', () => {
  const [w, other] = [workspace(), workspace()]
  const commitment = (at: TestWorkspace, value: string) => {
    at.shell('"$roar" run true', { SOME_SETTING: value })
    return at.job('@1').environment?.commitments.SOME_SETTING
  }
  expect(commitment(w, 'a')).toBe(commitment(w, 'a'))
  expect(commitment(w, 'a')).not.toBe(commitment(w, 'b'))
  expect(commitment(w, 'a')).not.toBe(commitment(other, 'a'))
})

it('without its name in a process before the one that names it', () => {
  const w = workspace()
  const password = `quiet4harbor${'77lake'}`
  w.write('go.sh', `/bin/true ${password}\n/bin/echo --db-password ${password}\n`).commit()
  expect(w.roar('run', 'sh', 'go.sh').code).toBe(0)
  expect(w.job('@1').processes.map(({ argv }) => argv.join(' '))).toContain('/bin/true <redacted:password>')
  expect(leaks([written(w)], [password])).toEqual([])
})

it('in addresses of git, tags and names', () => {
  const w = workspace()
  const [token = '', second = '', third = ''] = bare
  w.command('git', 'remote', 'add', 'origin', `https://me:${token}@example.org/a/b.git`)
  w.command('git', 'config', 'http.extraHeader', `Authorization: Bearer ${second}`)
  const run = w.roar('run', '--tag', `key=${second}`, '--tag', `password=${named[0]}`, '-n', `with ${third}`, 'true')
  expect(run.code).toBe(0)
  expect(w.job('@1').git?.repository).toBe('https://example.org/a/b.git')
  const texts = [written(w), said(run, w.roar('show', '@1', '-vv'), w.roar('show', '@1', '--json'))]
  expect(leaks(texts, [token, second, third, named[0] as string])).toEqual([])
})

/** The launcher's child that runs our recorder; the command is its other one. */
const recorderOf = (launcher: number): number | undefined =>
  readFileSync(`/proc/${launcher}/task/${launcher}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('dist/main.js'))

it('the row before the run has none, neither has what is left when the recorder is killed', async () => {
  const w = workspace()
  const words = ['run', 'sh', '-c', 'echo > begun; read line', 'sh', ...bare.slice(0, 60)]
  const run = spawn(roarBin, words, { cwd: w.root, env: w.env, stdio: ['pipe', 'ignore', 'ignore'] })
  const over = new Promise((resolve) => run.once('exit', resolve))
  while (!existsSync(join(w.root, 'begun'))) await sleep(20)
  expect(leaks([written(w)], bare)).toEqual([])
  process.kill(recorderOf(run.pid as number) as number, 'SIGKILL')
  run.stdin?.end('\n')
  await over
  const next = w.roar('run', '--allow-dirty', 'true')
  expect(next.err).toContain('its recorder had died')
  expect(w.job('@1')).toMatchObject({ status: 'interrupted' })
  expect(w.job('@1').argv).toContain('<redacted:github-token>')
  expect(leaks([written(w), said(next, w.roar('log', '--json'))], bare)).toEqual([])
}, 60_000)

it('a step whose command had a secret is not run again with the marker in its place; given anew, it is', () => {
  const w = workspace()
  expect(w.roar('run', 'sh', '-c', 'echo "$1" | wc -c', 'sh', `--token=${bare[0]}`).code).toBe(0)
  const again = w.roar('run', '@1')
  expect(again).toMatchObject({ code: 125, out: '' })
  expect(again.err).toContain('[ROAR_RUN_REDACTED]')
  const mended = w.roar('run', '@1', `--token=${bare[1]}`)
  expect(mended).toMatchObject({ code: 0, out: `${'--token='.length + (bare[1] as string).length + 1}\n` })
  expect(w.job('@1')).toMatchObject({ execution: 2, argv: ['sh', '-c', 'echo "$1" | wc -c', 'sh', expect.any(String)] })
  expect(leaks([written(w)], bare)).toEqual([])
})
