// Makes V8's code caches of the bundles (see src/compile-cache.ts): loads them, uses them as users do, and keeps what V8 has compiled by then.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import { Script } from 'node:vm'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const made = new Map()
const usual = Module.prototype._compile
// A script from the cache has the name that it was cached under, wherever it lies now: stacks must not name the place where it was built.
const named = (filename) => join('@roar', relative(dirname(here), filename))
Module.prototype._compile = function compile(content, filename) {
  if (!/\/dist\/((record|read|open-hashes|dispatch)\.js|(index|restricted-jobs)\.cjs)$/.test(filename))
    return usual.call(this, content, filename)
  // The same text as at run time: V8 compares its length.
  if (/[^.\w]import\(/.test(content)) throw new Error(`${filename} calls import(), which fails in a cached script`)
  const script = new Script(Module.wrap(content), { filename: named(filename) })
  made.set(filename, script)
  const body = script.runInThisContext()
  return body.call(this.exports, this.exports, createRequire(filename), this, filename, dirname(filename))
}

// Several jobs in one process fill the heap, and a recorder that spares memory sets V8's flags: a cache made under those is refused.
v8.setFlagsFromString = () => undefined
process.memoryUsage = () => ({ heapUsed: 0 })

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-caches-')))
process.env.HOME = process.env.XDG_CONFIG_HOME = process.env.XDG_CACHE_HOME = place
process.chdir(place)
const require = createRequire(import.meta.url)
const { dispatch } = require(join(here, 'dist/dispatch.js'))
const { runPlain } = require(join(here, 'dist/record.js'))
const { readPlain } = require(join(here, 'dist/read.js'))
const words = [
  ['log', '-q', '--json'],
  ['show', '@1', '--json'],
  ['dag', '--json'],
]
const looks = [['log'], ['log', '--grep', 'cat'], ['show'], ['show', '@1'], ['show', 'out'], ['dag'], ['status']]
const write = process.stdout.write
await dispatch(['init', '-q', '--json'])
await runPlain('run', ['sh', '-c', 'cat .gitignore > out'])
// Which tracer that was depends on the machine; another one, or a daemon that is no longer there, must not make the next run slow.
for (const tracer of ['preload', 'hybrid', 'ptrace'])
  await dispatch(['run', '-q', '--tracer', tracer, 'sh', '-c', 'cat out > again'])
for (const argv of words) await dispatch(argv)
for (const [name, ...rest] of [...looks, ...words])
  if ((await readPlain(name, rest)) !== 0) throw new Error(`roar ${name} ${rest.join(' ')} fails`)
process.stdout.write = write
for (const [filename, script] of made) writeFileSync(`${filename}.cache`, script.createCachedData())

// As the launcher starts it, in a repository, a recorder goes other ways than here: each of these adds what it has compiled.
const launched = [
  ['true'],
  ['sh', '-c', 'cat .gitignore > out'],
  ['-q', '--tracer', 'preload', 'sh', '-c', 'cat .gitignore > out'],
  ['-q', '--tracer', 'hybrid', 'sh', '-c', 'cat .gitignore > out'],
  ['python3', '-c', 'import json'],
]
const git = (...argv) => spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@localhost', ...argv])
const commit = () => git('add', '.') && git('commit', '-qm', 'x')
const NODE_OPTIONS = `--require=${JSON.stringify(join(here, 'scripts/keep-caches.cjs'))}`
rmSync('again')
git('init', '-q')
commit()
for (const argv of existsSync(join(here, 'launcher/build/here')) ? launched : []) {
  spawnSync(join(here, 'bin/roar'), ['run', ...argv], { env: { ...process.env, NODE_OPTIONS }, timeout: 60_000 })
  commit()
}
process.chdir('/')
rmSync(place, { recursive: true })
