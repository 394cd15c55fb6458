// How long a run waits for digests behind a job whose output was closed long before its end, beside one that ends with its last byte.
// node bench/overlap.mjs [MEBIBYTES]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const roar = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages/cli/bin/roar')
const mebibytes = Number(process.argv[2] ?? 2048)
const rounds = 5
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-overlap-')))
const cwd = join(place, 'project')
const env = { ...process.env, HOME: join(place, 'home') }
mkdirSync(cwd)
mkdirSync(env.HOME)

const call = (...words) => {
  const done = spawnSync(roar, words, { cwd, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`roar ${words.join(' ')}: ${done.stderr}`)
}

/** Milliseconds of hashing behind the child's end. */
function wait(name, seconds) {
  const script = `dd if=/dev/urandom of=${name} bs=1M count=${mebibytes} status=none; sleep ${seconds}`
  call('run', '-q', '--hash', 'sha256', '--json-file', 'job.json', 'sh', '-c', script)
  return JSON.parse(readFileSync(join(cwd, 'job.json'), 'utf8')).job.timings_ms.hash
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

try {
  call('init', '-q')
  const [atOnce, long] = [[], []]
  for (let round = 0; round < rounds; round++) {
    atOnce.push(wait('at-once', 0))
    // Long enough for a slow machine to hash it meanwhile: 100 MB/s, and what is waited for before a file counts as quiet.
    long.push(wait('long-before', 5 + mebibytes / 100))
  }
  const [all, left] = [median(atOnce), median(long)]
  console.log(`hashing ${mebibytes} MiB behind the job: ${all.toFixed(0)} ms`)
  console.log(`closed long before its end: ${left.toFixed(0)} ms, ${((100 * left) / all).toFixed(1)} % (≤ 10 %)`)
} finally {
  rmSync(place, { recursive: true, force: true })
}
