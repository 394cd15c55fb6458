// A recorder that is killed between its row and the start of the command: nothing ran, and nothing says that it did.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { roarBin, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

/** Comes to no start, and says who waits for it. */
const dawdler = `import { writeFileSync } from 'node:fs'
export const createTracer = () => ({
  name: 'dawdler',
  version: '1.0.0',
  capabilities: { platforms: ['linux-x64', 'linux-arm64'], privileges: 'none', seesStatic: true, seesSetId: true, seesDirectSyscalls: true,
    seesIoUring: true, survivesEnvironmentScrub: true, holdsDestruction: false, overhead: 'low' },
  preflight: async () => ({ ok: true, summary: 'ready', checks: [] }),
  trace: () => { writeFileSync('recorder', String(process.pid)); setInterval(() => {}, 1e6); return new Promise(() => {}) },
})`

it.skipIf(process.platform !== 'linux')('is forgotten by the next run, which says so', async () => {
  w.write('dawdler/index.js', dawdler)
  const roar = { api: 1, contributes: { tracers: [{ name: 'dawdler', export: 'createTracer' }] } }
  const manifest = { name: 'roar-dawdler', version: '1.0.0', type: 'module', exports: './index.js', roar }
  w.write('dawdler/package.json', JSON.stringify(manifest))
  expect(w.roar('plugin', 'add', './dawdler')).toMatchObject({ code: 0 })
  w.must('run', '-q', 'true')
  const words = ['run', '-q', '--tracer', 'dawdler', 'touch', 'ran']
  const run = spawn(roarBin, words, { cwd: w.root, env: w.env, stdio: 'ignore' })
  const over = new Promise((resolve) => run.once('exit', resolve))
  for (let i = 0; i < 1000 && !existsSync(join(w.root, 'recorder')); i++) await sleep(20)
  process.kill(Number(readFileSync(join(w.root, 'recorder'), 'utf8')), 'SIGKILL')
  expect(await over).toBe(125)
  expect(existsSync(join(w.root, 'ran'))).toBe(false)
  expect(w.must('show', '@2').out).toMatch(/ended +never started: its recorder ended before/)

  expect(w.must('run', 'true').err).toMatch(/forgot [0-9a-f]{8}: its recorder had ended before the command was started/)
  const { jobs } = JSON.parse(w.must('log', '--all', '--json').out) as { jobs: { argv: string[]; status: string }[] }
  expect(jobs.map(({ argv, status }) => [argv, status])).toEqual([
    [['true'], 'completed'],
    [['true'], 'completed'],
  ])
})
