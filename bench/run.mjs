// `npm run bench`: the figures of docs/benchmarks.md, in one run. `--quick` takes fewer rounds and leaves strace out.
// Names of parts (starts, preload, tracers, manyOutputs, largeDatabase) measure these alone, and write no page.
// ROAR_PEER=…/bin/roar names another recorder of this kind (roar-cli 0.4.7 from PyPI, in a virtual environment) to measure beside.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fill } from './large-database.mjs'
import { report } from './report.mjs'
import { inTurns, median } from './timing.mjs'
import { tracersAlone } from './tracers.mjs'
import { underTracers } from './under-tracers.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const roar = join(root, 'packages/cli/bin/roar')
const rounds = process.argv.includes('--quick') ? 5 : 20
// In memory: a disk's moods would be measured otherwise.
const place = realpathSync(mkdtempSync('/dev/shm/roar-bench-'))
const env = { ...process.env, HOME: join(place, 'home'), GIT_CONFIG_NOSYSTEM: '1' }
mkdirSync(env.HOME)
// With it Node reads a hundred and more certificates whenever it starts, which triples the floor that starts are measured by.
delete env.NODE_EXTRA_CA_CERTS
const git = (cwd, ...words) =>
  spawnSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@localhost', ...words], { cwd, env })
const results = []
const note = (row) => {
  results.push(row)
  console.error(`${row.what.padEnd(60)} ${row.value} (${row.reach})`)
}
const times = (ratio) => `${ratio.toFixed(2)}×`

function project(name, files = 0) {
  const at = join(place, name)
  mkdirSync(at)
  git(at, 'init', '--quiet')
  for (let i = 0; i < files; i++) writeFileSync(join(at, `f${i}`), `${i}\n`)
  spawnSync(roar, ['init', '-q'], { cwd: at, env })
  git(at, 'add', '.')
  git(at, 'commit', '--quiet', '--message', 'files')
  return at
}

function starts() {
  const floor = ['node', '-e', '0']
  const t = inTurns({ floor, version: [roar, '--version'], help: [roar, '--help'] }, rounds, { env })
  note({ what: 'roar --version over node -e 0', value: times(t.version / t.floor), reach: '≤ 1.25×', detail: t })
  note({ what: 'roar --help over node -e 0', value: times(t.help / t.floor), reach: '≤ 1.25×' })
  const cwd = project('thousand', 1000)
  const r = inTurns({ floor, run: [roar, 'run', 'true'], bare: ['true'] }, rounds, { env, cwd })
  note({
    what: 'roar run true over node -e 0, repository of 1,000 files',
    value: times(r.run / r.floor),
    reach: '≤ 2×',
    detail: r,
  })
}

function preload() {
  const bench = { place, root, env, project, roar, peer: process.env.ROAR_PEER }
  for (const row of underTracers(bench, rounds > 5 ? 4 : 2, rounds > 5)) note(row)
}

async function tracers() {
  for await (const row of tracersAlone(rounds, rounds > 5 ? 1_000_000 : 100_000)) note(row)
}

function manyOutputs() {
  const cwd = project('outputs')
  const script =
    "import os\nos.makedirs('out', exist_ok=True)\nfor i in range(100000):\n    with open(f'out/{i}', 'w') as f: f.write(str(i))\n"
  writeFileSync(join(cwd, 'many.py'), script)
  const clear = () => rmSync(join(cwd, 'out'), { recursive: true, force: true })
  const clock = (words) => {
    const begun = performance.now()
    const done = spawnSync(words[0], words.slice(1), {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    })
    return { seconds: (performance.now() - begun) / 1000, err: done.stderr }
  }
  const turns = { bare: [], b3sum: [], under: [], kilobytes: [] }
  for (let turn = 0; turn < 3; turn++) {
    clear()
    turns.bare.push(clock(['python3', 'many.py']).seconds)
    turns.b3sum.push(clock(['sh', '-c', 'find out -type f -print0 | xargs -0 b3sum > /dev/null']).seconds)
    clear()
    const run = clock(['/usr/bin/time', '-f', '%M', roar, 'run', '-q', '--allow-dirty', 'python3', 'many.py'])
    turns.under.push(run.seconds)
    turns.kilobytes.push(Number(run.err.trim().split('\n').at(-1)))
  }
  const [bare, b3sum, under] = [turns.bare, turns.b3sum, turns.under].map(median)
  const megabytes = Math.max(...turns.kilobytes) / 1024
  note({
    what: '100,000 small outputs, beyond the program and b3sum',
    value: `${(under - bare - b3sum).toFixed(1)} s`,
    reach: '≤ 3 s',
    detail: { bare, b3sum, under },
  })
  note({
    what: '100,000 small outputs, memory of the recorder',
    value: `${megabytes.toFixed(0)} MB`,
    reach: '≤ 250 MB',
  })
}

function largeDatabase() {
  const cwd = project('large')
  fill(join(cwd, '.roar/roar.db'))
  const commands = { floor: ['node', '-e', '0'], log: [roar, 'log'], show: [roar, 'show', '@50'], dag: [roar, 'dag'] }
  const t = inTurns(commands, rounds, { env, cwd })
  for (const name of ['log', 'show', 'dag'])
    note({
      what: `roar ${name} with 100,000 jobs and 1,000,000 edges over node -e 0`,
      value: times(t[name] / t.floor),
      reach: '≤ 2×',
      detail: t,
    })
}

const parts = { starts, preload, tracers, manyOutputs, largeDatabase }
const chosen = process.argv.slice(2).filter((word) => word in parts)

try {
  for (const [name, part] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await part()
  const machine = { cpu: cpus()[0]?.model, cpus: cpus().length, kernel: release(), node: process.version }
  // A part alone does not stand for the page.
  if (chosen.length === 0) report(root, { machine, results })
} finally {
  rmSync(place, { recursive: true, force: true })
}
