// What the next run records of a job whose recorder was killed: bytes that others have written since are not said to be the job's.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { roarBin, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

const children = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
const words = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'latin1')

const command = `echo job > kept; echo job > edited; echo job > replaced; echo job > early; mv early moved
mkdir -p a.zarr/c b.zarr/c; for i in a b; do echo '{"zarr_format":3,"node_type":"array"}' > $i.zarr/zarr.json; echo 1 > $i.zarr/c/0; done
echo x > begun; while [ ! -e go ]; do sleep 0.02; done; echo job > finished`

it.skipIf(process.platform !== 'linux')('an output that is not as the job left it has no digest', async () => {
  const run = spawn(roarBin, ['run', '-q', '--tracer', 'preload', 'sh', '-c', command], {
    cwd: w.root,
    env: w.env,
    stdio: 'ignore',
  })
  const over = new Promise((resolve) => run.once('exit', resolve))
  for (let i = 0; i < 1000 && !existsSync(join(w.root, 'begun')); i++) await sleep(20)
  const recorder = children(run.pid as number).find((pid) => words(pid).includes('dist/main.js'))
  process.kill(recorder as number, 'SIGKILL')
  w.write('go', '')
  // At once, and with nothing written.
  const before = readFileSync(join(w.root, '.roar/roar.db'))
  expect(w.must('log').out).toContain('[interrupted]')
  expect(w.must('status').out).toMatch(/interrupted +@1 /)
  expect(w.must('show', '@1').out).toMatch(/ended +interrupted: its recorder has ended/)
  expect(JSON.parse(w.must('status', '--json').out)).toMatchObject({
    running: [],
    interrupted: [{ status: 'interrupted' }],
  })
  expect(w.roar('register', '--dry-run', '@1').err).toContain('ROAR_REGISTER_NOTHING')
  expect(readFileSync(join(w.root, '.roar/roar.db')).equals(before)).toBe(true)
  await over
  const overAt = Date.now()
  await sleep(500)
  writeFileSync(join(w.root, 'edited'), 'joe\n')
  writeFileSync(join(w.root, 'b.zarr/c/0'), '2\n')
  w.write('new', 'job\n')
  renameSync(join(w.root, 'new'), join(w.root, 'replaced'))
  w.must('run', '-q', 'true')

  const { jobs } = JSON.parse(w.must('log', '--json').out) as { jobs: { uid: string; status: string }[] }
  expect(jobs[0]?.status).toBe('interrupted')
  const uid = jobs[0]?.uid as string
  expect(schemaErrors(JSON.parse(w.must('show', uid, '--json').out))).toEqual([])
  // Its command's end is told, not the moment at which the next run came by.
  expect(Date.parse(w.job(uid).ended_at ?? '')).toBeLessThanOrEqual(overAt)
  const known = Object.fromEntries(
    w.job(uid).outputs.map((edge) => [edge.path, edge.reason ?? Object.keys(edge.digests)]),
  )
  expect(known).toMatchObject({
    kept: ['blake3'],
    moved: ['blake3'],
    finished: ['blake3'],
    edited: 'changed-since',
    replaced: 'changed-since',
    'b.zarr': 'changed-since',
  })
  expect(known['a.zarr']).toContain('blake3')
})
