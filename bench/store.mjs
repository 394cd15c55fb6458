// `node bench/store.mjs`: what the store costs alone: recording 100,000 files, opening, and each query on 100,000 jobs and 1,000,000 edges.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fill } from './large-database.mjs'
import { median } from './timing.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { createStore } = await import(join(root, 'packages/store-sql/dist/index.js'))
const place = mkdtempSync('/dev/shm/roar-bench-store-')
const results = []

const note = (what, milliseconds, more = '') => {
  results.push({ what, milliseconds: Number(milliseconds.toFixed(2)) })
  console.log(`${what.padEnd(52)} ${milliseconds.toFixed(2).padStart(9)} ms ${more}`)
}

async function clock(work) {
  const begun = performance.now()
  const value = await work()
  return { time: performance.now() - begun, value }
}

async function often(what, work, rounds = 15) {
  const times = []
  for (let round = 0; round < rounds; round++) times.push((await clock(work)).time)
  note(what, median(times), `first ${times[0].toFixed(2)}`)
}

const start = (argv) => ({
  ...{ kind: 'run', name: null, step: null, argv, cwd: '.', startedAt: Date.now(), git: null, tags: {} },
  ...{ traceLog: null, recorderPid: process.pid, recorderStart: '' },
})

const outcome = (inputs, outputs) => ({
  ...{ status: 'completed', endedAt: Date.now(), durationMs: 1, exit: { exitCode: 0, signal: null } },
  tracer: { name: 'preload', version: '0', reason: '', lost: 0, coverage: { complete: true, gaps: [] } },
  ...{ inputs, outputs, deleted: [], packages: [], processes: [], stillRunning: [], notes: [] },
  environment: { os: '', hardware: '', runtime: '', hostname: '', variables: {} },
  filtered: { counts: {}, paths: [] },
  timings: { setup: 0, child: 0, observe: 0, hash: 0, record: 0 },
})

const edges = (more) =>
  Array.from({ length: 100_000 }, (_, i) => ({
    ...{ path: `out/part-${i % 100}/file-${i}.bin`, names: [], kind: 'file', format: null, members: null, size: 5 },
    digests: { blake3: createHash('sha256').update(String(i)).digest('hex') },
    ...{ reason: null, access: ['created', 'written'], processes: [100], code: false, ...more },
  }))

async function recording() {
  const path = join(place, 'many.db')
  const store = await createStore().open(path)
  const outputs = edges()
  const before = process.memoryUsage().rss
  const writer = await store.beginJob(start(['writes']))
  const written = await clock(() => store.finishJob(writer.uid, outcome([], outputs)))
  const grown = (process.memoryUsage().rss - before) / 1e6
  note(
    'finishJob, 100,000 outputs',
    written.time,
    `memory +${grown.toFixed(0)} MB, file ${statSync(path).size >> 20} MiB`,
  )
  const reader = await store.beginJob(start(['reads']))
  const inputs = edges({ access: ['read'], sourced: 'none', inCommit: false })
  note(
    'finishJob, 100,000 inputs, each made by a job',
    (await clock(() => store.finishJob(reader.uid, outcome(inputs, [])))).time,
  )
  note('job(id), 100,000 inputs', (await clock(() => store.job(reader.id))).time)
  note('graph, 200,000 edges', (await clock(() => store.graph({ session: reader.session.id }))).time)
  await store.close()
}

async function asking() {
  const path = join(place, 'large.db')
  await (await createStore().open(path)).close()
  note(
    'filling 100,000 jobs and 1,000,000 edges',
    (await clock(async () => fill(path))).time,
    `${statSync(path).size >> 20} MiB`,
  )
  await often('open, beginJob, abandonJob, close', async () => {
    const store = await createStore().open(path)
    await store.abandonJob((await store.beginJob(start(['x']))).uid)
    await store.close()
  })
  const store = await createStore().open(path, { mode: 'read' })
  const session = (await store.currentSession()).id
  const [newest] = await store.jobs({ limit: 1 })
  const { outcome: whole } = await store.job(newest.id)
  const queries = {
    'currentSession()': () => store.currentSession(),
    'sessions()': () => store.sessions(),
    'runningJobs()': () => store.runningJobs(),
    'jobs({ limit: 20 })': () => store.jobs({ limit: 20 }),
    'jobs({ session, limit: 20 })': () => store.jobs({ session, limit: 20 }),
    "jobs({ kind: 'run', limit: 20 })": () => store.jobs({ kind: 'run', limit: 20 }),
    'jobs({ since: the last hundred, limit: 20 })': () => store.jobs({ since: newest.startedAt - 100_000, limit: 20 }),
    "jobs({ grep: 'seed=99999', limit: 20 })": () => store.jobs({ grep: 'seed=99999', limit: 20 }),
    "jobs({ status: 'failed', limit: 20 })": () => store.jobs({ status: 'failed', limit: 20 }),
    'jobs({ dirty: true, limit: 20 })': () => store.jobs({ dirty: true, limit: 20 }),
    'countJobs()': () => store.countJobs(),
    'countJobs({ session })': () => store.countJobs({ session }),
    'jobsByUid(4 digits)': () => store.jobsByUid(newest.uid.slice(0, 4)),
    'executions(@50)': () => store.executions(session, { kind: 'run', number: 50 }),
    'job(id)': () => store.job(newest.id),
    'artifactsByDigest(8 digits)': () => store.artifactsByDigest(whole.outputs[0].digests.blake3.slice(0, 8)),
    'artifactsAtPath(path of 100 jobs)': () => store.artifactsAtPath(whole.outputs[0].path),
    'artifact(id)': () => store.artifact(whole.outputs[0].artifact),
    'graph({ session }), 100 steps': () => store.graph({ session }),
    'graph({ session, expanded }), 1,000 jobs': () => store.graph({ session, expanded: true }),
  }
  for (const [what, work] of Object.entries(queries)) await often(what, work)
  await store.close()
}

try {
  await recording()
  await asking()
  mkdirSync(join(root, 'bench/results'), { recursive: true })
  writeFileSync(join(root, 'bench/results/store.json'), `${JSON.stringify(results, null, 2)}\n`)
} finally {
  rmSync(place, { recursive: true, force: true })
}
