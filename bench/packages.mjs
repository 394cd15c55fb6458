// How long it takes to name the packages of a job: 300 distributions of Python, and a file of each package of dpkg; first and later runs. Each in a process
// of its own, as every run of roar is: nothing is compiled but what the process itself made hot.
// `node bench/packages.mjs [--json]`. Reach: 300 packages in 150 ms at first, in 15 ms afterwards.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(join(root, 'packages/cli/package.json'))
const { createProbe } = require('@roar/host')
const detectors = require('@roar/artifact-detectors')
const { classify } = require('@roar/core')

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
const packages = 300
const filesEach = 20
const rounds = 7

/** A virtual environment as pip makes it. */
function makeSite(place) {
  const site = join(place, 'venv/lib/python3.11/site-packages')
  const files = []
  for (let i = 0; i < packages; i++) {
    const name = `pkg${i}`
    const info = join(site, `${name}-1.${i}.0.dist-info`)
    mkdirSync(join(site, name), { recursive: true })
    mkdirSync(info)
    const members = Array.from({ length: filesEach }, (_, k) => `${name}/m${k}.py`)
    for (const member of members) writeFileSync(join(site, member), `x = ${i}\n`)
    writeFileSync(
      join(info, 'METADATA'),
      `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.${i}.0\n\n${'text '.repeat(400)}`,
    )
    writeFileSync(join(info, 'RECORD'), members.map((one) => `${one},sha256=${'A'.repeat(43)},6`).join('\n'))
    files.push(...members.map((member) => join(site, member)))
  }
  return files
}

/** One file of each installed package, at most 300. */
function systemFiles() {
  const info = '/var/lib/dpkg/info'
  try {
    const lists = readdirSync(info)
      .filter((name) => name.endsWith('.list'))
      .slice(0, packages)
    return lists
      .map((name) => readFileSync(join(info, name), 'utf8').trim().split('\n').at(-1))
      .filter((path) => path.startsWith('/usr/'))
  } catch {
    return []
  }
}

const observed = (path) => ({
  ...{ path, names: [], location: path, stamp: null, access: ['read'], processes: [1] },
  ...{ destroyed: false, onlyMayWrite: false, mappedStamp: null },
})

async function once(files, env) {
  const probe = createProbe({ workspace: null, env })
  const made = Object.entries(detectors)
    .filter(([name]) => name.startsWith('create'))
    .map(([, make]) => make())
  const order = ['credential', 'npm', 'python', 'conda', 'system', 'ignored', 'debian']
  const sorted = made
    .filter((one) => order.includes(one.name))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const others = made.filter((one) => !order.includes(one.name) && one.name !== 'code')
  const job = { inputs: files.map(observed), outputs: [], internal: [], temporary: [], deleted: [] }
  // What the benchmark made is not to be moved about while it measures.
  collectGarbage()
  // It is one thread's work: its processor time is what it takes on a machine that has nothing else to do.
  const begun = process.cpuUsage()
  const done = await classify(job, { detectors: [...sorted, ...others], rules: { decide: () => null }, probe })
  const { user, system } = process.cpuUsage(begun)
  return { ms: (user + system) / 1000, packages: done.packages.length }
}

function inProcess(list, env) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--once', list], { env, encoding: 'utf8' })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout)
}

function measure(name, files) {
  const cache = mkdtempSync(join(tmpdir(), 'roar-bench-cache-'))
  const env = { ...process.env, XDG_CACHE_HOME: cache }
  const list = join(cache, 'files.json')
  writeFileSync(list, JSON.stringify(files))
  const cold = []
  const warm = []
  for (let round = 0; round < rounds; round++) {
    rmSync(join(cache, 'roar'), { recursive: true, force: true })
    cold.push(inProcess(list, env))
    warm.push(inProcess(list, env))
  }
  rmSync(cache, { recursive: true, force: true })
  const least = (all) => Math.round(Math.min(...all.map((one) => one.ms)) * 10) / 10
  return { name, files: files.length, packages: cold[0].packages, cold_ms: least(cold), cached_ms: least(warm) }
}

function compare() {
  const place = mkdtempSync(join(tmpdir(), 'roar-bench-packages-'))
  try {
    const rows = [measure('python', makeSite(place)), measure('dpkg', systemFiles())]
    if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
    else console.table(rows)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

if (process.argv[2] === '--once')
  console.log(JSON.stringify(await once(JSON.parse(readFileSync(process.argv[3])), process.env)))
else compare()
