// A composite of a million members (or as many as are named): formed, changed in one member, proved. Ratios to b3sum in the same run.
// node bench/composites.mjs [MEMBERS]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const roar = join(root, 'packages/cli/bin/roar')
const members = Number(process.argv[2] ?? 1_000_000)
// On a disk: memory file systems do not time stores through mappings, and nothing is remembered of their files.
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-composites-')))
const cwd = join(place, 'project')
const env = { ...process.env, HOME: join(place, 'home') }
mkdirSync(cwd)
mkdirSync(env.HOME)

function timed(...words) {
  const begun = performance.now()
  const measured = ['-f', '%M %U %S', ...words]
  const done = spawnSync('/usr/bin/time', measured, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 30 })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`)
  const [kilobytes, user, kernel] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { seconds: (performance.now() - begun) / 1000, megabytes: kilobytes / 1024, user, kernel }
}

const say = (what, value, reach) => console.log(`${what.padEnd(52)} ${value}  (${reach})`)
const seconds = (value) => `${value.toFixed(1)} s`
/** Processor time beside it: on a machine with other work it says more. */
const all = ({ seconds: elapsed, user, kernel }) =>
  `${elapsed.toFixed(2)} s, of all cores ${user.toFixed(2)} s and ${kernel.toFixed(2)} s in the kernel`

try {
  spawnSync(roar, ['init', '-q'], { cwd, env })
  const at = join(cwd, 'big.zarr')
  for (let i = 0; i < members; i++) {
    const directory = join(at, 'c', String(i % 1000))
    if (i < 1000) mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, String(i)), `${i}\n`)
  }
  writeFileSync(join(at, 'zarr.json'), '{"zarr_format":3,"node_type":"array"}')
  const b3sum = timed('sh', '-c', 'find big.zarr -type f -print0 | xargs -0 b3sum > /dev/null')
  // What was written less than two seconds ago could change once more unseen: it is not remembered.
  spawnSync('sleep', ['2.5'])
  const formed = timed(roar, 'hash', 'big.zarr')
  say(`${members} members formed, beyond b3sum`, seconds(formed.seconds - b3sum.seconds), '≤ 30 s')
  say('memory', `${formed.megabytes.toFixed(0)} MB`, '≤ 1500 MB')
  const again = timed(roar, 'hash', 'big.zarr')
  say('formed again, nothing changed', all(again), '')
  writeFileSync(join(at, 'c/7/7'), 'changed\n')
  const changed = timed(roar, 'hash', 'big.zarr')
  say('one member changed', all(changed), '≤ 1 s')
  timed(roar, 'hash', '--prove', 'big.zarr/c/7/7', '--output', 'proof')
  say('proof of a member', `${statSync(join(cwd, 'proof')).size} bytes`, '≤ 1024')
  const job = timed(roar, 'run', '-q', 'sh', '-c', 'cat big.zarr/zarr.json big.zarr/c/7/7 > /dev/null')
  say('a job that reads two members: all recorded', `${all(job)}, ${job.megabytes.toFixed(0)} MB`, '')
  const update = timed(roar, 'run', '-q', 'sh', '-c', 'echo new > big.zarr/c/8/8')
  say('a job that changes one member: recorded', `${all(update)}, ${update.megabytes.toFixed(0)} MB`, '')
} finally {
  rmSync(place, { recursive: true, force: true })
}
