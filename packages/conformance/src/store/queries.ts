/** Jobs are found by what is asked; the graph of a session. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { BytePath, JobQuery, JobRow } from '@roar/core'
import { digest, inputEdge, jobStart, outputEdge, recorded } from './sample-jobs.ts'
import { present, type StoreCase } from './store-case.ts'

const [a, b, c] = [digest('a'), digest('b'), digest('c')]

const names = (jobs: readonly JobRow[]): readonly string[] => jobs.map((job) => job.argv[0] ?? '')

const dirty = {
  ...{ root: '/w', repository: null, branch: 'main', commit: null, dirty: true, dirtyFiles: [], detached: false },
  ...{ shallow: false, sparse: false, linkedWorktree: false, submodules: [] },
}

export const queryCases: readonly StoreCase[] = [
  {
    is: 'lists jobs newest first, and finds them by what is asked',
    check: async (store) => {
      for (const argv of ['alpha 10%', 'beta', 'gamma_x']) await recorded(store, argv)
      await recorded(store, 'bad', { status: 'failed', exit: { exitCode: 1, signal: null } })
      const built = await recorded(store, 'cc -c', {}, { kind: 'build', name: 'Objects', git: dirty })
      const asked: readonly [JobQuery, readonly string[]][] = [
        [{}, ['cc', 'bad', 'gamma_x', 'beta', 'alpha']],
        [{ limit: 2 }, ['cc', 'bad']],
        [{ limit: 2, offset: 1 }, ['bad', 'gamma_x']],
        [{ offset: 3 }, ['beta', 'alpha']],
        [{ grep: '10%' }, ['alpha']],
        [{ grep: 'A_X' }, ['gamma_x']],
        [{ grep: 'objects' }, ['cc']],
        [{ kind: 'build' }, ['cc']],
        [{ dirty: true }, ['cc']],
        [{ dirty: false, kind: 'run', limit: 1 }, ['bad']],
        [{ status: 'failed' }, ['bad']],
        [{ since: built.row.startedAt }, ['cc']],
        [{ session: built.row.session + 1 }, []],
      ]
      for (const [query, expected] of asked) {
        deepStrictEqual(names(await store.jobs(query)), expected, JSON.stringify(query))
        const { limit: _l, offset: _o, ...which } = query
        strictEqual(await store.countJobs(which), (await store.jobs(which)).length, JSON.stringify(query))
      }
    },
  },
  {
    is: 'finds a job by the beginning of its uid, and an artifact by that of its digest',
    check: async (store) => {
      const { row } = await recorded(store, 'x', {
        outputs: [outputEdge('f', a, { digests: { blake3: a, sha256: b } })],
      })
      strictEqual(
        (await store.jobsByUid(row.uid.slice(0, 4))).some((job) => job.uid === row.uid),
        true,
      )
      deepStrictEqual(
        (await store.jobsByUid(row.uid)).map((job) => job.id),
        [row.id],
      )
      deepStrictEqual(await store.jobsByUid('%'), [])
      deepStrictEqual(await store.jobsByUid(''), [])
      for (const prefix of ['aaaaaaaa', 'bbbbbbbb', a]) strictEqual((await store.artifactsByDigest(prefix)).length, 1)
      strictEqual((await store.artifactsByDigest('bbbbbbbb', 'blake3')).length, 0)
      strictEqual((await store.artifactsByDigest('bbbbbbbb', 'sha256')).length, 1)
      strictEqual((await store.artifactsByDigest('a%')).length, 0)
      deepStrictEqual([await store.job(-1), await store.artifact(-1)], [null, null])
    },
  },
  {
    is: 'answers an ambiguous beginning with at most sixteen matches',
    check: async (store) => {
      const outputs = Array.from({ length: 20 }, (_, i) =>
        outputEdge(`f${i}`, `abcdef00${i.toString(16).padStart(56, '0')}`),
      )
      await recorded(store, 'x', { outputs })
      strictEqual((await store.artifactsByDigest('abcdef00')).length, 16)
    },
  },
  {
    is: 'draws the newest execution of each step, or all of them',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      await recorded(store, 'make', { outputs: [outputEdge('f', b)] })
      const { row } = await recorded(store, 'use', { inputs: [inputEdge('f', b)] })
      const newest = await store.graph({ session: row.session })
      deepStrictEqual(
        newest.jobs.map((job) => job.execution),
        [2, 1],
      )
      deepStrictEqual(
        newest.edges.map((edge) => [edge.path, edge.role, edge.digest, edge.producer]),
        [
          ['f', 'output', b, null],
          ['f', 'input', b, newest.jobs[0]?.id],
        ],
      )
      const all = await store.graph({ session: row.session, expanded: true })
      deepStrictEqual(names(all.jobs), ['make', 'make', 'use'])
      deepStrictEqual(names((await store.graph({ session: row.session, expanded: true, limit: 2 })).jobs), [
        'make',
        'use',
      ])
    },
  },
  {
    is: 'draws an earlier execution too where it made what is used and nobody makes now, and what that has used',
    check: async (store) => {
      await recorded(store, 'fetch', { outputs: [outputEdge('raw1', a)] })
      await recorded(store, 'fetch', { outputs: [outputEdge('raw2', c)] })
      await recorded(store, 'make', {
        inputs: [inputEdge('raw1', a)],
        outputs: [outputEdge('f', a), outputEdge('log', a)],
      })
      await recorded(store, 'make', {
        inputs: [inputEdge('raw2', c)],
        outputs: [outputEdge('g', b), outputEdge('log', b)],
      })
      await recorded(store, 'look', { inputs: [inputEdge('log', a)] })
      const { row } = await recorded(store, 'use', { inputs: [inputEdge('f', a), inputEdge('g', b)] })
      const drawn = async (query: object) =>
        (await store.graph({ session: row.session, ...query })).jobs.map((job) => `${job.argv[0]} ${job.execution}`)
      deepStrictEqual(await drawn({}), ['fetch 1', 'fetch 2', 'make 1', 'make 2', 'look 1', 'use 1'])
      deepStrictEqual(await drawn({ limit: 2 }), ['look 1', 'use 1'])
      deepStrictEqual(await drawn({ limit: 3 }), ['make 1', 'make 2', 'look 1', 'use 1'])
    },
  },
  {
    is: 'may leave out of a graph the outputs that nothing else has to do with, counts them, and gives them part by part',
    check: async (store) => {
      const outputs = Array.from({ length: 500 }, (_, i) => outputEdge(`f${i}`, i.toString(16).padStart(64, '0')))
      const { row } = await recorded(store, 'make', { inputs: [inputEdge('in', a)], outputs })
      await recorded(store, 'use', { inputs: [inputEdge('f250', outputs[250]?.digests.blake3 ?? '')] })
      const { edges, left } = await store.graph({ session: row.session, mostOutputs: 3 })
      const made = edges.filter((edge) => edge.role === 'output').map((edge) => edge.path)
      for (const path of ['f0', 'f1', 'f2', 'f250']) strictEqual(made.includes(path as BytePath), true)
      strictEqual(made.length + (left?.get(row.id) ?? 0), 500)
      if (store.madeFiles === undefined) return strictEqual(left?.size ?? 0, 0)
      const parts = await Promise.all(
        [0, 200, 400, 600].map((from) => store.madeFiles?.(row.id, { from, limit: 200, digests: true })),
      )
      deepStrictEqual(
        parts.map((part) => part?.length),
        [200, 200, 100, 0],
      )
      deepStrictEqual(
        parts.flatMap((part) => part ?? []).map((one) => [one.path, one.digest, one.kind, one.size]),
        outputs.map((one) => [one.path, one.digests.blake3, one.kind, one.size]),
      )
    },
  },
  {
    is: 'draws an earlier clean execution where dirty ones are left out',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const { row } = await recorded(store, 'make', { outputs: [outputEdge('f', b)] }, { git: dirty })
      const { jobs, edges } = await store.graph({ session: row.session, withoutDirty: true })
      deepStrictEqual([jobs.map((job) => job.execution), edges.map((edge) => edge.digest)], [[1], [a]])
    },
  },
  {
    is: 'shows what a running job is, in lists and in the graph',
    check: async (store) => {
      const { session, uid } = await store.beginJob(jobStart(['sleep']))
      deepStrictEqual(names(await store.jobs({ status: 'running' })), ['sleep'])
      const { jobs, edges } = await store.graph({ session: session.id })
      deepStrictEqual([present(jobs[0]).uid, present(jobs[0]).endedAt, edges], [uid, null, []])
    },
  },
  {
    is: 'counts its rows and finds no fault in itself',
    check: async (store) => {
      await recorded(store, 'x', { outputs: [outputEdge('f', a), outputEdge('g', null)] })
      const { jobs, edges, artifacts } = await store.statistics()
      deepStrictEqual([jobs, edges, artifacts], [1, 2, 1])
      deepStrictEqual(await store.check(), [])
    },
  },
]
