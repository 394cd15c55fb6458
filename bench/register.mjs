// `node bench/register.mjs [JOBS] [FILES]`: publishes a session of so many jobs, each with so many new artifacts, to a registry on this machine.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { fill } from './large-database.mjs'

const roar = join(fileURLToPath(import.meta.url), '../../packages/cli/bin/roar')
const [jobs = 10_000, files = 10] = process.argv.slice(2).map(Number)
const place = mkdtempSync(join(tmpdir(), 'roar-bench-register-'))
const project = join(place, 'project')
const env = {
  ...process.env,
  HOME: place,
  XDG_CONFIG_HOME: join(place, 'config'),
  XDG_CACHE_HOME: join(place, 'cache'),
}

function command(words, options = {}) {
  const begun = performance.now()
  const done = spawnSync(roar, words, { cwd: project, env, encoding: 'utf8', maxBuffer: 1 << 30, ...options })
  if (done.status !== 0) throw new Error(`roar ${words.join(' ')}: ${done.stderr}`)
  return { seconds: (performance.now() - begun) / 1000, out: done.stdout }
}

/** An own registry with an empty database, unless BENCH_REGISTRY names one. */
async function serve() {
  if (process.env.BENCH_REGISTRY) return { url: process.env.BENCH_REGISTRY, stop: () => {} }
  const data = join(place, 'registry')
  const server = spawn(roar, ['registry', 'serve', '--listen', '127.0.0.1:0', '--data', data, '-q'], {
    cwd: place,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (url) return { url, stop: () => server.kill('SIGTERM') }
  }
  throw new Error('the registry did not start')
}

mkdirSync(project, { recursive: true })
command(['init', '-q'])
fill(join(project, '.roar/roar.db'), jobs, { files, jobsInSession: jobs })
command(['config', 'set', 'git.push_tags', 'never'])
const registry = await serve()
try {
  command(['config', 'set', 'registry.url', registry.url])
  const first = command(['register', 'session:current', '-y', '--json'])
  const again = command(['register', 'session:current', '-y', '--json'])
  const { counts } = JSON.parse(first.out)
  const rows = counts.jobs + counts.artifacts + counts.inputs + counts.outputs
  console.log(`${counts.jobs} jobs, ${counts.artifacts} artifacts, ${counts.inputs + counts.outputs} links`)
  console.log(
    `first: ${first.seconds.toFixed(1)} s (${Math.round(rows / first.seconds)} rows/s); again: ${again.seconds.toFixed(1)} s`,
  )
  console.log(`database of the workspace: ${Math.round(statSync(join(project, '.roar/roar.db')).size / 1e6)} MB`)
} finally {
  registry.stop()
  rmSync(place, { recursive: true, force: true })
}
