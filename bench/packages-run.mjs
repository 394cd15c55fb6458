// What 300 packages cost a whole `roar run`: jobs that read files of packages in turns with jobs that read as many files which are ignored.
// Processor time (user and system, of all processes), medians. `node bench/packages-run.mjs [ROUNDS] [--json]`
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeOthers, makeSite, oneOfEach } from './python-site.mjs'
import { median } from './timing.mjs'

const roar = fileURLToPath(new URL('../packages/cli/bin/roar', import.meta.url))
const rounds = Number(process.argv[2]) || 11
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-bench-packages-run-')))
const root = join(place, 'project')
const { NODE_EXTRA_CA_CERTS, XDG_CACHE_HOME, XDG_CONFIG_HOME, ...outer } = process.env
const env = { ...outer, HOME: join(place, 'home') }
const readAll = 'import sys\nfor path in open(sys.argv[1]).read().split("\\n"): open(path, "rb").read()'

function run(...words) {
  const done = spawnSync(words[0], words.slice(1), { cwd: root, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`)
  return done
}

/** Of all processes that were waited for. */
function processorMs(words) {
  const { stderr } = run('bash', '-c', 'TIMEFORMAT="%3U %3S"; time "$@" > /dev/null 2> /dev/null', 'bash', ...words)
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return (user + system) * 1000
}

function job(name, files) {
  const list = join(place, `${name}.txt`)
  writeFileSync(list, files.join('\n'))
  return [roar, 'run', 'python3', '-S', '-c', readAll, list]
}

function measure(jobs) {
  const times = new Map(Object.keys(jobs).map((name) => [name, []]))
  for (let round = -2; round < rounds; round++) {
    for (const [name, words] of Object.entries(jobs)) {
      const time = processorMs(words)
      if (round >= 0) times.get(name).push(time)
    }
    // Nothing is kept of files that have just been written.
    if (round === -2) spawnSync('sleep', ['2.1'])
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, Math.round(median(all))]))
}

try {
  for (const folder of ['project', 'home']) mkdirSync(join(place, folder))
  run('git', 'init', '-q')
  run(roar, 'init')
  run('git', 'add', '.')
  run('git', '-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '-qm', 'x')
  const [site, others] = [makeSite(place), makeOthers(place)]
  const lists = {
    nothing: [],
    packages: site,
    others,
    'packages, a file each': oneOfEach(site),
    'others, a file each': oneOfEach(others),
  }
  const jobs = Object.fromEntries(
    Object.entries(lists).map(([name, files]) => [name, job(name, files.length ? files : ['/dev/null'])]),
  )
  const times = measure(jobs)
  const used = JSON.parse(run(roar, 'show', '@2', '--json').stdout).job.packages.filter(
    ({ ecosystem }) => ecosystem === 'pypi',
  )
  if (used.length !== 300 || used.some(({ modified }) => modified.length > 0))
    throw new Error('not the packages that were used')
  if (process.argv.includes('--json')) console.log(JSON.stringify(times))
  else console.table(Object.entries(times).map(([name, ms]) => ({ name, files: lists[name].length, ms })))
} finally {
  rmSync(place, { recursive: true, force: true })
}
