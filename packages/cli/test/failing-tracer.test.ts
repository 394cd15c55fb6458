// A tracer that fails behind the start of the command: the command goes on to its end, its status counts, and the job stays in the record.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

const failing = `export const createTracer = () => ({
  name: 'failing',
  version: '1.0.0',
  capabilities: { platforms: ['linux-x64', 'linux-arm64'], privileges: 'none', seesStatic: true, seesSetId: true, seesDirectSyscalls: true,
    seesIoUring: true, survivesEnvironmentScrub: true, holdsDestruction: false, overhead: 'low' },
  preflight: async () => ({ ok: true, summary: 'ready', checks: [] }),
  trace: async ({ argv, cwd, env }, sink) => {
    const child = await sink.start({ argv, cwd, env })
    if (process.env.WHEN === 'behind') await child.exited
    throw new Error('the log is gone')
  },
})`

w.write('failing/index.js', failing)
const roar = { api: 1, contributes: { tracers: [{ name: 'failing', export: 'createTracer' }] } }
const manifest = { name: 'roar-failing', version: '1.0.0', type: 'module', exports: './index.js', roar }
w.write('failing/package.json', JSON.stringify(manifest))
w.must('plugin', 'add', './failing')

it.each(['beside', 'behind'])(
  '%s the command: it ends by itself, and the next run says that it was interrupted',
  (when) => {
    const file = `made-${when}`
    const said = w.shell(
      `WHEN=${when} $roar run --tracer failing -n ${when} sh -c 'sleep 0.3; echo x > ${file}; exit 7'`,
    )
    expect([said.code, said.err]).toEqual([7, expect.stringContaining('the log is gone')])
    expect(existsSync(join(w.root, file))).toBe(true)
    w.must('run', '-q', '-n', 'next', 'true')
    const { jobs } = JSON.parse(w.must('log', '--json').out) as { jobs: { name: string; status: string }[] }
    expect(jobs.find(({ name }) => name === when)).toMatchObject({ status: 'interrupted' })
  },
)
