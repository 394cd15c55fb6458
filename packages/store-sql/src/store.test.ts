// The record: what goes in comes out, steps are found again, inputs find their producers.
import { statSync, writeFileSync } from 'node:fs'
import type { BytePath } from '@roar/core'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createStore, newestVersion } from './index.ts'
import {
  inputEdge,
  jobOutcome,
  jobStart,
  openTemporary,
  outputEdge,
  recorded,
  temporaryDatabase,
} from './store.test-data.ts'

const a = 'a'.repeat(64)
const b = 'b'.repeat(64)
const c = 'c'.repeat(64)

it('a job comes back as it was recorded', async () => {
  const store = await openTemporary()
  const outcome = jobOutcome({
    inputs: [
      inputEdge('data.csv', a, { names: ['alias.csv' as BytePath], access: ['read', 'mapped'], processes: [1, 2] }),
    ],
    outputs: [outputEdge('model.bin', b), outputEdge('gone', null)],
    deleted: ['old' as BytePath],
    packages: [
      { ecosystem: 'pypi', name: 'numpy', version: '1.26.4' },
      { ecosystem: 'pypi', name: 'x', version: null },
    ],
    processes: [
      {
        pid: 1,
        parent: null,
        argv: ['a', 'b c'],
        executable: '/bin/a' as BytePath,
        cwd: '/' as BytePath,
        exitCode: 0,
        signal: null,
        seenBy: 'preload',
      },
    ],
    filtered: {
      counts: { ...jobOutcome().filtered.counts, system: 1 },
      paths: [{ category: 'system', path: '/usr/lib/x' as BytePath }],
    },
    tracer: {
      name: 'preload',
      version: '0',
      reason: 'auto',
      lost: 2,
      coverage: { complete: false, gaps: [{ code: 'static-binary', count: 1, detail: '/x' }] },
    },
    stillRunning: [77],
    notes: ['a note'],
  })
  const git = {
    root: '/w',
    repository: 'https://example.org/r',
    branch: 'main',
    commit: 'f'.repeat(40),
    dirty: true,
    dirtyFiles: [{ path: 'x', status: 'M' }],
    detached: false,
    shallow: true,
    sparse: false,
    linkedWorktree: false,
    submodules: [{ path: 'm', commit: 'e'.repeat(40), dirty: true }],
  }
  const start = jobStart(['train', '--lr', '0.1'], { git, tags: { stage: 'train' }, name: 'train' })
  const handle = await store.beginJob(start)
  await store.finishJob(handle.uid, outcome)
  const record = await store.job(handle.id)
  expect(record?.start).toMatchObject({ git, tags: { stage: 'train' }, name: 'train', argv: start.argv })
  expect(record?.outcome).toMatchObject({ ...outcome, timings: { setup: 1, child: 2, observe: 3, hash: 4 } })
  await store.close()
})

it('a path that is not UTF-8 comes back byte for byte, and apart from one that looks like its escape', async () => {
  const store = await openTemporary()
  const bytes = 'n\xff\\x\n' as BytePath
  const { outcome } = await recorded(store, 'x', { outputs: [outputEdge(bytes, a), outputEdge('n\\xff\\\\x\\x0a', b)] })
  expect(outcome.outputs.map((edge) => edge.path)).toEqual([bytes, 'n\\xff\\\\x\\x0a'])
  expect((await store.artifactsAtPath(bytes)).map((use) => use.artifact?.digests.blake3)).toEqual([a])
  await store.close()
})

it('the same command in the same directory is the next execution of its step', async () => {
  const store = await openTemporary()
  const first = await store.beginJob(jobStart(['make']))
  const second = await store.beginJob(jobStart(['make']))
  const elsewhere = await store.beginJob(jobStart(['make'], { cwd: 'sub' }))
  const build = await store.beginJob(jobStart(['make'], { kind: 'build' }))
  expect([first, second, elsewhere, build].map(({ step, execution }) => [step.kind, step.number, execution])).toEqual([
    ['run', 1, 1],
    ['run', 1, 2],
    ['run', 2, 1],
    ['build', 1, 1],
  ])
  await store.close()
})

it('a name keeps a step together although its command changes', async () => {
  const store = await openTemporary()
  const unnamed = await store.beginJob(jobStart(['train', '1']))
  const named = await store.beginJob(jobStart(['train', '1'], { name: 'train' }))
  const changed = await store.beginJob(jobStart(['train', '2'], { name: 'train' }))
  expect([unnamed.step.number, named.step.number, changed.step.number]).toEqual([1, 1, 1])
  expect(changed.execution).toBe(3)
  await store.close()
})

it('an input comes from the job that made its bytes at its path', async () => {
  const store = await openTemporary()
  const made = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
  const used = await recorded(store, 'use', { inputs: [inputEdge('f', a)] })
  expect(used.outcome.inputs[0]).toMatchObject({ sourced: 'job', producer: made.row.step, producerUid: made.row.uid })
  await store.close()
})

it('a file that was read before it was copied does not come from the copy', async () => {
  const store = await openTemporary()
  await recorded(store, 'cp a b', { inputs: [inputEdge('a', a)], outputs: [outputEdge('b', a)] })
  const used = await recorded(store, 'use', { inputs: [inputEdge('a', a)] })
  expect(used.outcome.inputs[0]).toMatchObject({ sourced: 'none', producer: null })
  await store.close()
})

it('content that moved without roar is still known by its digest, unless it is empty', async () => {
  const store = await openTemporary()
  const made = await recorded(store, 'make', { outputs: [outputEdge('f', a), outputEdge('e', b, { size: 0 })] })
  const used = await recorded(store, 'use', { inputs: [inputEdge('moved', a), inputEdge('empty', b, { size: 0 })] })
  expect(used.outcome.inputs.map((edge) => edge.producerUid)).toEqual([made.row.uid, null])
  await store.close()
})

it('two artifacts that turn out to share a digest become one', async () => {
  const store = await openTemporary()
  await recorded(store, 'one', { outputs: [outputEdge('x', a)] })
  await recorded(store, 'two', { outputs: [outputEdge('y', null, { digests: { sha256: c }, reason: null })] })
  await recorded(store, 'three', { outputs: [outputEdge('z', a, { digests: { blake3: a, sha256: c } })] })
  const [found, ...others] = await store.artifactsByDigest('cccccccc')
  expect(others).toEqual([])
  expect(found?.digests).toEqual({ blake3: a, sha256: c })
  const whole = await store.artifact(found?.id ?? 0)
  expect(whole?.producedBy.map((use) => use.path)).toEqual(['z', 'y', 'x'])
  await store.close()
})

it('the newest job can be taken back, and with it what nobody else knows', async () => {
  const store = await openTemporary()
  await recorded(store, 'one', { outputs: [outputEdge('x', a)] })
  await recorded(store, 'two', { inputs: [inputEdge('x', a)], outputs: [outputEdge('y', b)] })
  const session = await store.currentSession()
  expect((await store.popJob(session?.id ?? 0))?.argv).toEqual(['two'])
  expect(await store.artifactsByDigest(b)).toEqual([])
  expect(await store.artifactsByDigest(a)).toHaveLength(1)
  expect(await store.statistics()).toMatchObject({ jobs: 1, steps: 1, edges: 1 })
  expect(await store.check()).toEqual([])
  await store.close()
})

it('a job is finished once', async () => {
  const store = await openTemporary()
  const { row } = await recorded(store, 'one')
  await expect(store.finishJob(row.uid, jobOutcome())).rejects.toMatchObject({ code: 'ROAR_JOB_FINISHED' })
  await store.close()
})

it('a job whose child never started leaves nothing', async () => {
  const store = await openTemporary()
  const handle = await store.beginJob(jobStart(['none']))
  await store.abandonJob(handle.uid)
  expect(await store.statistics()).toMatchObject({ jobs: 0, steps: 0 })
  await store.close()
})

it('the graph holds the newest execution of each step, or all of them', async () => {
  const store = await openTemporary()
  await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
  await recorded(store, 'make', { outputs: [outputEdge('f', b)] })
  await recorded(store, 'use', { inputs: [inputEdge('f', b)] })
  const { id = 0 } = (await store.currentSession()) ?? {}
  const newest = await store.graph({ session: id })
  expect(newest.jobs.map((job) => job.execution)).toEqual([2, 1])
  expect(newest.edges.map((edge) => edge.digest)).toEqual([b, b])
  expect((await store.graph({ session: id, expanded: true })).jobs).toHaveLength(3)
  await store.close()
})

it('jobs are listed newest first and found by what is asked', async () => {
  const store = await openTemporary()
  for (const name of ['alpha 10%', 'beta', 'gamma']) await recorded(store, name)
  await recorded(store, 'bad', { status: 'failed', exit: { exitCode: 1, signal: null } })
  expect((await store.jobs({ limit: 2 })).map((job) => job.argv[0])).toEqual(['bad', 'gamma'])
  expect((await store.jobs({ grep: '10%' })).map((job) => job.argv[0])).toEqual(['alpha'])
  expect(await store.countJobs({ status: 'failed', kind: 'run' })).toBe(1)
  expect(await store.jobsByUid((await store.jobs({ limit: 1 }))[0]?.uid.slice(0, 5) ?? '')).toHaveLength(1)
  await store.close()
})

it('the database is private', async () => {
  const path = temporaryDatabase()
  await (await createStore().open(path)).close()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('a database of a newer roar is refused and left alone', async () => {
  const path = temporaryDatabase()
  await (await createStore().open(path)).close()
  const direct = new Database(path)
  direct.pragma(`user_version = ${newestVersion + 1}`)
  direct.close()
  for (const mode of ['read', 'write'] as const)
    await expect(createStore().open(path, { mode })).rejects.toMatchObject({ code: 'ROAR_STORE_NEWER' })
})

it('a file that is no database is refused and left alone', async () => {
  const path = temporaryDatabase()
  writeFileSync(path, 'this is not a database, but it is long enough to be looked at by one'.repeat(20))
  await expect(createStore().open(path)).rejects.toMatchObject({ code: 'ROAR_STORE_CORRUPT' })
  expect(statSync(path).size).toBe(1360)
})
