// How long it takes to name the packages of a job: 300 distributions of Python, and a file of each package of dpkg; first and later runs. Each in a process
// of its own, as every run of roar is: nothing is hot but what the process itself made hot. Twice: the text alone, all of which V8 has to compile, and one
// bundle with V8's code cache, as roar has. What a whole `roar run` takes for it: packages-run.mjs.
// `node bench/packages.mjs [--json]`. Reach: 300 packages in 150 ms at first, in 15 ms afterwards.
import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext, Script } from 'node:vm'
import { makeSite, oneOfEach, packages } from './python-site.mjs'
import { median } from './timing.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
const rounds = 7

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

/** With its stamp: without one nothing is asked about the record that it is compared with. */
const observed = (path) => ({
  ...{ path, names: [], location: path, stamp: lstatSync(path, { bigint: true }), access: ['read'], processes: [1] },
  ...{ destroyed: false, onlyMayWrite: false, mappedStamp: null },
})

/** What names packages, in one file. The children that are measured do not load the bundler. */
async function bundle(place) {
  const parts = ['host/src/probe/probe.ts', 'artifact-detectors/src/index.ts', 'core/src/classify/classify.ts']
  const contents = parts.map((part) => `export * from './packages/${part}'`).join('\n')
  const { build } = await import('esbuild')
  await build({
    stdin: { contents, resolveDir: root },
    outfile: join(place, 'bundle.cjs'),
    ...{ bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node20', conditions: ['roar-source'] },
    ...{
      define: { 'import.meta.url': 'roarUrl' },
      banner: { js: "const roarUrl=require('node:url').pathToFileURL(__filename).href;" },
    },
  })
}

function load(place, cached) {
  const filename = join(place, 'bundle.cjs')
  const cachedData = cached ? readFileSync(`${filename}.cache`) : undefined
  const text = `(function (module, require, __filename) {${readFileSync(filename, 'utf8')}\n})`
  const script = new Script(text, { filename, cachedData })
  if (script.cachedDataRejected) throw new Error('V8 refuses the code cache')
  const module = { exports: {} }
  script.runInThisContext()(module, createRequire(filename), filename)
  return { script, parts: module.exports }
}

async function once(files, env, { createProbe, classify, ...detectors }) {
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
  const done = await classify(
    job,
    { detectors: [...sorted, ...others], rules: { decide: () => null }, probe },
    { state: () => null },
  )
  const { user, system } = process.cpuUsage(begun)
  return { ms: (user + system) / 1000, packages: done.packages.length }
}

function inProcess(place, list, how, cache) {
  const env = { ...process.env, XDG_CACHE_HOME: cache }
  const words = [fileURLToPath(import.meta.url), '--once', place, list, how]
  const child = spawnSync(process.execPath, words, { env, encoding: 'utf8' })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout)
}

async function child([place, list, how]) {
  const { script, parts } = load(place, how === 'cached')
  const done = await once(JSON.parse(readFileSync(list)), process.env, parts)
  if (how === 'make') writeFileSync(join(place, 'bundle.cjs.cache'), script.createCachedData())
  console.log(JSON.stringify(done))
}

function measure(name, files, place) {
  const list = join(place, 'files.json')
  writeFileSync(list, JSON.stringify(files))
  const cache = join(place, 'cache')
  const ask = (how) => inProcess(place, list, how, cache)
  const times = { first_text_ms: [], later_text_ms: [], first_cached_ms: [], later_cached_ms: [] }
  // The cache has what a first and a later run have compiled.
  for (let i = 0; i < 2; i++) ask('make')
  for (let round = 0; round < rounds; round++)
    for (const how of ['text', 'cached']) {
      rmSync(cache, { recursive: true, force: true })
      for (const run of ['first', 'later']) times[`${run}_${how}_ms`].push(ask(how).ms)
    }
  const middle = Object.entries(times).map(([what, all]) => [what, Math.round(median(all) * 10) / 10])
  return { name, files: files.length, packages: ask('text').packages, ...Object.fromEntries(middle) }
}

async function compare() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-bench-packages-')))
  try {
    await bundle(place)
    const site = makeSite(place)
    // Nothing is kept of files that have just been written.
    spawnSync('sleep', ['2.1'])
    const lists = { python: site, 'python, a file each': oneOfEach(site), dpkg: systemFiles() }
    const rows = Object.entries(lists).map(([name, files]) => measure(name, files, place))
    if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
    else console.table(rows)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

if (process.argv[2] === '--once') await child(process.argv.slice(3))
else await compare()
