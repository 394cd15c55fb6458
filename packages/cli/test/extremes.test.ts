// Many files, too many processes, a clock that goes backwards: the record stays true.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { roarBin, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })

it('a hundred thousand output files are recorded, each with its digest', () => {
  const w = workspace()
  const program =
    "import os\nos.mkdir('out')\nfor i in range(100000):\n    with open(f'out/{i}', 'w') as f: f.write(str(i))\n"
  w.write('many.py', program)
  expect(w.roar('run', '-q', 'python3', 'many.py')).toMatchObject({ code: 0, err: '' })
  const job = w.job('@1')
  expect(job.outputs).toHaveLength(100_000)
  expect(job.outputs.every((edge) => edge.digests?.blake3 && edge.reason === null)).toBe(true)
  expect(job.tracer).toMatchObject({ lost: 0 })
  expect(w.must('show', 'out/77777').out).toContain('many.py')
}, 240_000)

it('a fork bomb within its limit of processes is recorded, and leaves roar unharmed', ({ skip }) => {
  if (process.getuid?.() !== 0) skip('needs root: a limit of processes counts all of a user')
  const w = workspace()
  // The limit does not hold for root; another user has no processes of its own here.
  const bomb = `import os, resource, time
end = time.monotonic() + 1.5
open('begun', 'w').write('x')
resource.setrlimit(resource.RLIMIT_NPROC, (150, 150))
os.setuid(61234)
while time.monotonic() < end:
    try:
        os.fork()
    except BlockingIOError:
        time.sleep(0.01)
os._exit(0)
`
  w.write('bomb.py', bomb)
  expect(w.roar('run', '-q', 'python3', 'bomb.py').code).toBe(0)
  const job = w.job('@1')
  expect(job).toMatchObject({ status: 'completed', tracer: { lost: 0 } })
  expect(job.outputs.map((edge) => edge.path)).toEqual(['begun'])
  expect(w.roar('run', '-q', 'true').code).toBe(0)
})

it('a clock that is set back during the run gives no negative time and no other order', () => {
  const w = workspace()
  w.must('run', '-q', 'true')
  // The recorder’s own clock, an hour back once the command has started.
  const clock = `const now = Date.now; let asked = 0; Date.now = () => now() - (asked++ > 0 ? 3_600_000 : 0)`
  w.write('clock.cjs', clock)
  const env = { NODE_OPTIONS: `--require ${join(w.root, 'clock.cjs')}` }
  const said = w.execute(roarBin, ['run', '-q', 'sh', '-c', 'echo x > out; sleep 0.1'], { env })
  expect(said.code).toBe(0)
  w.must('run', '-q', 'cat', 'out')
  const jobs: { readonly step: string; readonly duration_ms: number; readonly status: string }[] = JSON.parse(
    w.must('log', '--json').out,
  ).jobs
  expect(jobs.map((job) => job.step)).toEqual(['@1', '@2', '@3'])
  expect(jobs[1]?.duration_ms).toBeGreaterThanOrEqual(100)
  expect(jobs[1]?.duration_ms).toBeLessThan(60_000)
  expect(w.job('@3').inputs.find((edge) => edge.path === 'out')).toMatchObject({ producer: '@2' })
  expect(w.roar('status').code).toBe(0)
})
