/** What goes in comes out. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict'
import type { BytePath, GitState, JobOutcome, OutputEdge } from '@roar/core'
import { digest, inputEdge, jobOutcome, jobStart, outputEdge, type Recorded, recorded } from './sample-jobs.ts'
import { present, type StoreCase } from './store-case.ts'

const [a, b] = [digest('a'), digest('b')]

/** More than SQLite binds to one statement (32,766), and PostgreSQL (65,535). */
const manyFiles = 70_000

const git: GitState = {
  root: '/w',
  repository: 'https://example.org/r',
  branch: 'main',
  commit: 'f'.repeat(40),
  dirty: true,
  dirtyFiles: [
    { path: 'x', status: 'M' },
    { path: 'a', status: '??' },
  ],
  detached: false,
  shallow: true,
  sparse: false,
  linkedWorktree: false,
  submodules: [{ path: 'm', commit: 'e'.repeat(40), dirty: true }],
}

const packages: JobOutcome['packages'] = [
  {
    ...{ ecosystem: 'deb', name: 'libc6', version: '2.36', purl: 'pkg:deb/debian/libc6@2.36?arch=amd64' },
    ...{ location: '/usr/lib/libc.so.6' as BytePath, modified: ['/n\xff', '/usr/lib/libc.so.6'] as BytePath[] },
  },
  {
    ...{ ecosystem: 'deb', name: 'libc6', version: '2.36', purl: 'pkg:deb/debian/libc6@2.36?arch=i386' },
    ...{ location: '/usr/lib32/libc.so.6' as BytePath, modified: [] },
  },
  {
    ...{ ecosystem: 'pypi', name: 'x', version: null, purl: 'pkg:pypi/x' },
    ...{ location: null, modified: [] },
  },
]

const rich = (): JobOutcome =>
  jobOutcome({
    status: 'failed',
    exit: { exitCode: null, signal: 'SIGTERM' },
    inputs: [
      inputEdge('data.csv', a, {
        names: ['alias.csv', 'other.csv'] as unknown as BytePath[],
        access: ['read', 'mapped'],
        processes: [1, 2],
        inCommit: true,
        sourced: 'commit',
        code: true,
      }),
    ],
    outputs: [
      outputEdge('model.bin', b, { digests: { blake3: b, sha256: a }, size: 2 ** 40 }),
      outputEdge('gone', null),
      outputEdge('set.zarr', digest('c'), { kind: 'composite', format: 'zarr', members: 812 }),
    ],
    deleted: ['old', 'n\xff'] as unknown as BytePath[],
    packages,
    lockFiles: [
      { ecosystem: 'npm', path: '/n\xff' as BytePath, digests: { blake3: b } },
      { ecosystem: 'pypi', path: 'uv.lock' as BytePath, digests: { blake3: a, sha256: b } },
    ],
    interpreters: [{ path: '/usr/bin/python3' as BytePath, digests: { blake3: a } }],
    environment: {
      ...jobOutcome().environment,
      facts: { 'cpu.model': 'x', 'cpu.cores': '4' },
      commitments: { HOME: 'c'.repeat(32) },
    },
    processes: [
      {
        ...{ pid: 1, parent: null, argv: ['a', 'b c', ''], executable: '/bin/a' as BytePath, cwd: '/' as BytePath },
        ...{ exitCode: 0, signal: null, seenBy: 'preload' },
      },
      { pid: 2, parent: 1, argv: [], executable: null, cwd: null, exitCode: null, signal: 'SIGKILL', seenBy: null },
    ],
    filtered: {
      counts: { ...jobOutcome().filtered.counts, system: 1, package: 7 },
      paths: [{ category: 'system', path: '/usr/lib/x' as BytePath }],
    },
    tracer: {
      ...{ name: 'preload', version: '0', reason: 'auto', lost: 2 },
      coverage: { complete: false, gaps: [{ code: 'static-binary', count: 1, detail: '/x' }] },
    },
    stillRunning: [77],
    notes: ['a note', 'another'],
  })

/** Without what the store adds: identities, producers, the time that recording took. */
const asGiven = ({ outcome }: Recorded) => ({
  ...outcome,
  inputs: outcome.inputs.map((edge) => ({ ...given(edge), sourced: edge.sourced, inCommit: edge.inCommit })),
  outputs: outcome.outputs.map(given),
  timings: { ...outcome.timings, record: 0 },
})

const given = ({ path, size, digests, reason, kind, format, members, names, access, processes, code }: OutputEdge) => ({
  ...{ path, size, digests, reason, kind, format, members, names, access, processes, code },
})

export const recordCases: readonly StoreCase[] = [
  {
    is: 'gives back a job as it was recorded',
    check: async (store) => {
      const outcome = rich()
      const record = await recorded(store, 'train --lr 0.1', outcome, { git, tags: { stage: 'train' }, name: 'train' })
      deepStrictEqual(asGiven(record), outcome)
      deepStrictEqual(record.start.git, git)
      deepStrictEqual(record.start.tags, { stage: 'train' })
      deepStrictEqual([record.row.name, record.row.argv, record.row.cwd], ['train', ['train', '--lr', '0.1'], '.'])
      deepStrictEqual([record.row.dirty, record.row.commit, record.row.branch], [true, git.commit, 'main'])
      deepStrictEqual([record.row.inputs, record.row.outputs, record.row.complete], [1, 3, false])
    },
  },
  {
    is: 'reads many jobs at once as it reads each of them',
    check: async (store) => {
      const first = await recorded(store, 'make', { outputs: [outputEdge('f', digest('a'))] })
      const second = await recorded(store, 'use', { inputs: [inputEdge('f', digest('a'))], notes: ['seen'] })
      const running = await store.beginJob(jobStart(['sleep']))
      const ids = [running.id, second.row.id, first.row.id]
      const apart = await Promise.all(ids.map((id) => store.job(id)))
      deepStrictEqual(await store.jobRecords([running.id, -1, second.row.id, first.row.id]), apart)
      deepStrictEqual(await store.jobRecords([]), [])
    },
  },
  {
    is: 'reads the first edges of a job alone, whole, and tells how many there are',
    check: async (store) => {
      const files = (letter: string) => ['1', '2', '3'].map((n) => ({ path: `${letter}${n}`, digest: digest(n) }))
      const edges = {
        inputs: files('i').map((file) => ({
          ...inputEdge(file.path, file.digest),
          names: [`${file.path}~` as BytePath],
        })),
        outputs: files('o').map((file) => ({ ...outputEdge(file.path, file.digest), processes: [7, 8] })),
      }
      const { row } = await recorded(store, 'many', edges)
      const [whole, some] = [present(await store.job(row.id)), present(await store.job(row.id, 2))]
      deepStrictEqual(some, {
        ...whole,
        outcome: {
          ...whole.outcome,
          inputs: whole.outcome?.inputs.slice(0, 2),
          outputs: whole.outcome?.outputs.slice(0, 2),
        },
      })
      deepStrictEqual([some.row.inputs, some.row.outputs], [3, 3])
    },
  },
  {
    is: 'knows a running job before anything else is known of it',
    check: async (store) => {
      const { id, uid } = await store.beginJob(jobStart(['sleep'], { traceLog: '/log' }))
      const { row, outcome } = present(await store.job(id))
      deepStrictEqual([row.uid, row.status, row.traceLog, row.recorderPid, outcome], [uid, 'running', '/log', 1, null])
      strictEqual(/^[0-9a-f]{8}$/.test(uid), true)
      deepStrictEqual(
        (await store.runningJobs()).map((one) => one.uid),
        [uid],
      )
      await store.finishJob(uid, jobOutcome({ status: 'interrupted' }))
      deepStrictEqual(await store.runningJobs(), [])
    },
  },
  {
    is: 'keeps paths byte for byte: one that is not UTF-8 is not the text that it would be printed as',
    check: async (store) => {
      const paths = [
        'n\xff\\x\n',
        'n\\xff\\\\x\\x0a',
        '\xc3\xa4',
        'tab\tquote"\'',
        '/'.repeat(4095),
      ] as unknown as BytePath[]
      const outputs = paths.map((path, i) => outputEdge(path, digest(i.toString(16))))
      const { outcome } = await recorded(store, 'x', { outputs })
      deepStrictEqual(
        outcome.outputs.map((edge) => edge.path),
        paths,
      )
      for (const [i, path] of paths.entries())
        deepStrictEqual(
          (await store.artifactsAtPath(path)).map((use) => use.artifact?.digests.blake3),
          [digest(i.toString(16))],
        )
    },
  },
  {
    is: 'finds a content by a further name, where nothing else was seen by that name',
    check: async (store) => {
      const names = ['second', 'third'] as unknown as BytePath[]
      await recorded(store, 'make', { outputs: [outputEdge('first', digest('a'), { names })] })
      const seen = async (path: string) =>
        (await store.artifactsAtPath(path as BytePath)).map((use) => [use.path, use.artifact?.digests.blake3, use.role])
      deepStrictEqual(await seen('second'), [['second', digest('a'), 'output']])
      await recorded(store, 'change', { outputs: [outputEdge('second', digest('b'))] })
      deepStrictEqual(await seen('second'), [['second', digest('b'), 'output']])
      deepStrictEqual(await seen('third'), [['third', digest('a'), 'output']])
    },
  },
  {
    is: 'takes several digests of each of very many files',
    check: async (store) => {
      const value = (i: number, salt: string) => (i + 1).toString(16).padStart(8, '0').padEnd(64, salt)
      const outputs = Array.from({ length: 1_250 }, (_, i) => ({
        ...outputEdge(`f${i}`, null),
        reason: null,
        digests: { blake3: value(i, 'b'), sha256: value(i, '5'), md5: value(i, 'd').slice(0, 32) },
      }))
      const { outcome } = await recorded(store, 'many', { outputs })
      deepStrictEqual(
        outcome.outputs.map(({ path, digests }) => ({ path, digests })),
        outputs.map(({ path, digests }) => ({ path, digests })),
      )
      deepStrictEqual((await store.artifactsByDigest(value(1_249, '5'), 'sha256')).length, 1)
    },
  },
  {
    is: 'records a job once',
    check: async (store) => {
      const { row } = await recorded(store, 'one', { notes: ['first'] })
      await rejects(store.finishJob(row.uid, jobOutcome({ notes: ['second'] })), { code: 'ROAR_JOB_FINISHED' })
      deepStrictEqual((await store.job(row.id))?.outcome?.notes, ['first'])
      await rejects(store.finishJob('00000000', jobOutcome()), { code: 'ROAR_JOB_FINISHED' })
    },
  },
  {
    is: 'lets a recorder that was taken for dead have the last word, once',
    check: async (store) => {
      const { id, uid } = await store.beginJob(jobStart(['sleep']))
      const gaps = [{ code: 'recorder-died', count: 1, detail: 'the log is gone' }]
      const tracer = { ...jobOutcome().tracer, coverage: { complete: false, gaps } }
      const process = { pid: 7, parent: null, argv: ['x'], executable: null, cwd: null, exitCode: 0, signal: null }
      const processes = [{ ...process, seenBy: null }]
      const outputs = [outputEdge('early' as BytePath, digest('e')), outputEdge('both' as BytePath, digest('b'))]
      const guessed = jobOutcome({ status: 'interrupted', tracer, outputs, processes, notes: ['guessed'] })
      await store.finishJob(uid, guessed)
      await rejects(store.finishJob(uid, guessed), { code: 'ROAR_JOB_FINISHED' })
      const own = jobOutcome({ outputs: outputs.slice(1), notes: ['own'], processes })
      await store.finishJob(uid, own)
      const { row, outcome } = present(await store.job(id))
      deepStrictEqual([row.status, outcome?.notes, outcome?.tracer.coverage.gaps], ['completed', ['own'], []])
      deepStrictEqual(
        outcome?.outputs.map((edge) => edge.path),
        ['both'],
      )
      deepStrictEqual(await store.artifactsByDigest(digest('e')), [])
      deepStrictEqual(await store.check(), [])
      await rejects(store.finishJob(uid, own), { code: 'ROAR_JOB_FINISHED' })
    },
  },
  {
    is: 'forgets a job whose child never started, but none that was recorded',
    check: async (store) => {
      const { row } = await recorded(store, 'kept')
      const { uid } = await store.beginJob(jobStart(['none']))
      await store.abandonJob(uid)
      await store.abandonJob(row.uid)
      deepStrictEqual(
        (await store.jobs()).map((one) => one.uid),
        [row.uid],
      )
    },
  },
  {
    is: `gives back ${manyFiles.toLocaleString('en')} files of one job in their order`,
    check: async (store) => {
      const outputs = Array.from({ length: manyFiles }, (_, i) => outputEdge(`f${i}`, i.toString(16).padStart(64, '0')))
      const { outcome, row } = await recorded(store, 'many', { outputs })
      strictEqual(outcome.outputs.length, manyFiles)
      const wrong = outcome.outputs.findIndex(
        ({ path, digests }, i) => path !== outputs[i]?.path || digests.blake3 !== outputs[i]?.digests.blake3,
      )
      strictEqual(wrong, -1)
      strictEqual((await store.graph({ session: row.session })).edges.length, manyFiles)
    },
  },
]
