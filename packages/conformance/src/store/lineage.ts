/** Which job made what: producers, and one artifact for one content. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { BytePath } from '@roar/core'
import { digest, inputEdge, outputEdge, type Recorded, recorded } from './sample-jobs.ts'
import { present, type StoreCase } from './store-case.ts'

const [a, b, c] = [digest('a'), digest('b'), digest('c')]

const makers = ({ outcome }: Recorded): readonly (string | null)[] => outcome.inputs.map((edge) => edge.producerUid)

const basesOf = ({ outcome }: Recorded) =>
  outcome.outputs.map(({ built }) => built?.bases.map((one) => [one.path, one.digests.blake3, one.producerUid])[0])

export const lineageCases: readonly StoreCase[] = [
  {
    is: 'names the job that made the bytes of an input at its path',
    check: async (store) => {
      const made = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const { outcome } = await recorded(store, 'use', { inputs: [inputEdge('f', a)] })
      const { sourced, producer, producerUid } = present(outcome.inputs[0])
      deepStrictEqual([sourced, producer, producerUid], ['job', made.row.step, made.row.uid])
    },
  },
  {
    is: 'names the newest of the jobs that made the same bytes at the same path',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const newest = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      deepStrictEqual(makers(await recorded(store, 'use', { inputs: [inputEdge('f', a)] })), [newest.row.uid])
    },
  },
  {
    is: 'does not name a job whose output was changed since',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      deepStrictEqual(makers(await recorded(store, 'use', { inputs: [inputEdge('f', b)] })), [null])
    },
  },
  {
    is: 'does not take a job that changes a file in place for its own producer',
    check: async (store) => {
      const made = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const same = await recorded(store, 'touch', { inputs: [inputEdge('f', a)], outputs: [outputEdge('f', a)] })
      deepStrictEqual(makers(same), [made.row.uid])
    },
  },
  {
    is: 'does not take a copy for the origin of a file that was there before',
    check: async (store) => {
      await recorded(store, 'cp a b', { inputs: [inputEdge('a', a)], outputs: [outputEdge('b', a)] })
      deepStrictEqual(makers(await recorded(store, 'use', { inputs: [inputEdge('a', a)] })), [null])
    },
  },
  {
    is: 'knows content that moved by its digest, unless it is empty',
    check: async (store) => {
      const outputs = [outputEdge('f', a), outputEdge('e', b, { size: 0 })]
      const made = await recorded(store, 'make', { outputs })
      const inputs = [inputEdge('moved', a), inputEdge('empty', b, { size: 0 })]
      deepStrictEqual(makers(await recorded(store, 'use', { inputs })), [made.row.uid, null])
    },
  },
  {
    is: 'names who made what an output was built on without being read',
    check: async (store) => {
      const first = await recorded(store, 'make', { outputs: [outputEdge('log', a), outputEdge('old', c)] })
      const append = { outputs: [outputEdge('log', b, { access: ['appended'], base: 'log' as BytePath })] }
      const second = await recorded(store, 'append', append)
      deepStrictEqual(basesOf(second), [['log', a, first.row.uid]])
      const move = { outputs: [outputEdge('new', c, { access: ['renamed'], base: 'old' as BytePath })] }
      const third = await recorded(store, 'mv', move)
      deepStrictEqual(basesOf(third), [['old', c, first.row.uid]])
      const again = { outputs: [outputEdge('log', digest('d'), { access: ['appended'], base: 'log' as BytePath })] }
      deepStrictEqual(basesOf(await recorded(store, 'more', again)), [['log', b, second.row.uid]])
      const { edges } = await store.graph({ session: third.row.session, expanded: true })
      const used = edges.filter((edge) => edge.role === 'input').map((edge) => [edge.path, edge.digest, edge.producer])
      deepStrictEqual(used, [
        ['log', a, first.row.id],
        ['old', c, first.row.id],
        ['log', b, second.row.id],
      ])
      deepStrictEqual(await store.check(), [])
    },
  },
  {
    is: 'has in the graph what was last made where a job has read bytes that nobody could hash',
    check: async (store) => {
      const made = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const lost = { inputs: [inputEdge('f', null), inputEdge('g', null)], outputs: [outputEdge('f', b)] }
      const { row, outcome } = await recorded(store, 'sort in place', lost)
      deepStrictEqual(makers({ row, outcome } as Recorded), [null, null])
      deepStrictEqual(
        outcome.inputs.map(({ digests, built }) => [
          digests,
          built?.bases[0]?.digests.blake3,
          built?.bases[0]?.producerUid,
        ]),
        [
          [{}, a, made.row.uid],
          [{}, undefined, undefined],
        ],
      )
      const { edges } = await store.graph({ session: row.session })
      deepStrictEqual(
        edges.filter((edge) => edge.job === row.id).map((edge) => [edge.path, edge.role, edge.digest, edge.producer]),
        [
          ['g', 'input', null, null],
          ['f', 'output', b, null],
          ['f', 'input', a, made.row.id],
        ],
      )
    },
  },
  {
    is: 'names nobody for what an output was built on where somebody else has changed it since',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('log', a), outputEdge('old', c)] })
      await recorded(store, 'use', { inputs: [inputEdge('log', b)] })
      const outputs = [
        outputEdge('log', digest('d'), { access: ['appended'], base: 'log' as BytePath }),
        outputEdge('new', digest('e'), { access: ['renamed'], base: 'old' as BytePath }),
        outputEdge('f', digest('f'), { access: ['written'], base: 'unknown' as BytePath }),
      ]
      const last = await recorded(store, 'append', { outputs })
      deepStrictEqual(basesOf(last), [
        ['log', undefined, null],
        ['old', undefined, null],
        ['unknown', undefined, null],
      ])
      const { edges } = await store.graph({ session: last.row.session })
      deepStrictEqual(
        edges.filter((edge) => edge.job === last.row.id).map((edge) => edge.role),
        ['output', 'output', 'output'],
      )
    },
  },
  {
    is: 'joins two artifacts that turn out to share a digest',
    check: async (store) => {
      await recorded(store, 'one', { outputs: [outputEdge('x', a)] })
      await recorded(store, 'two', { outputs: [outputEdge('y', c, { digests: { sha256: c } })] })
      await recorded(store, 'three', { outputs: [outputEdge('z', a, { digests: { blake3: a, sha256: c } })] })
      const [found, ...others] = await store.artifactsByDigest('cccccccc')
      deepStrictEqual([found?.digests, others], [{ blake3: a, sha256: c }, []])
      const whole = present(await store.artifact(present(found).id))
      deepStrictEqual(
        whole.producedBy.map((use) => use.path),
        ['z', 'y', 'x'],
      )
      deepStrictEqual(await store.check(), [])
    },
  },
  {
    is: 'keeps two contents apart that a weak checksum takes for one',
    check: async (store) => {
      const outputs = [
        outputEdge('x', a, { digests: { blake3: a, crc32: 'cafecafe' } }),
        outputEdge('y', b, { digests: { blake3: b, crc32: 'cafecafe' } }),
      ]
      const { outcome } = await recorded(store, 'make', { outputs })
      strictEqual(new Set(outcome.outputs.map((edge) => edge.artifact)).size, 2)
      strictEqual((await store.artifactsByDigest('cafecafe')).length, 2)
      deepStrictEqual(
        outcome.outputs.map((edge) => edge.digests),
        outputs.map((edge) => edge.digests),
      )
    },
  },
  {
    is: 'believes no digest that a source only asserts, until somebody has read the bytes',
    check: async (store) => {
      const asserted = { digests: { blake3: a, md5: 'cafe'.repeat(8) }, claims: { md5: 'asserted' as const } }
      await recorded(store, 'one', { outputs: [outputEdge('x', a, asserted)] })
      await recorded(store, 'two', {
        outputs: [outputEdge('y', b, { ...asserted, digests: { ...asserted.digests, blake3: b } })],
      })
      const found = await store.artifactsByDigest('cafecafe')
      deepStrictEqual(
        found.map(({ claims }) => claims),
        [{ md5: 'asserted' }, { md5: 'asserted' }],
      )
      await recorded(store, 'three', { inputs: [inputEdge('x', a, { digests: asserted.digests })] })
      deepStrictEqual(
        (await store.artifactsByDigest(a)).map(({ claims }) => claims),
        [{}],
      )
    },
  },
  {
    is: 'keeps what a store says of an object, and finds it by its ETag',
    check: async (store) => {
      const remote = {
        url: 's3://bucket/key',
        endpoint: 'http://localhost:9',
        versionId: 'v1',
        etag: 'not-hexadecimal',
      }
      await recorded(store, 'put', { outputs: [outputEdge('s3://bucket/key', a, { remote })] }, { kind: 'put' })
      const [found] = await store.artifactsByDigest('not-hexadecimal')
      const { remote: places } = present(await store.artifact(present(found).id))
      const [row] = await store.jobs({ kind: 'put' })
      const place = present(places[0])
      deepStrictEqual(
        [places.length, place.url, place.endpoint, place.versionId, place.etag, place.job],
        [1, remote.url, remote.endpoint, 'v1', remote.etag, row?.uid],
      )
      deepStrictEqual([row?.kind, row?.step], ['put', { kind: 'run', number: 1 }])
    },
  },
  {
    is: 'tells where an artifact was seen, who made it and who used it, newest first',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      await recorded(store, 'use', { inputs: [inputEdge('f', a)] })
      await recorded(store, 'copy', { inputs: [inputEdge('f', a)], outputs: [outputEdge('g', a)] })
      const [found] = await store.artifactsByDigest(a)
      const { locations, producedBy, consumedBy } = present(await store.artifact(present(found).id))
      deepStrictEqual([...locations].sort(), ['f', 'g'])
      deepStrictEqual(
        [producedBy, consumedBy].map((uses) => uses.map((use) => use.job.argv[0])),
        [
          ['copy', 'make'],
          ['copy', 'use'],
        ],
      )
      deepStrictEqual(
        (await store.artifactsAtPath('f' as BytePath)).map((use) => [use.job.argv[0], use.role]),
        [
          ['copy', 'input'],
          ['use', 'input'],
          ['make', 'output'],
        ],
      )
    },
  },
  {
    is: 'tells which job was the last to move away or to remove what lay at a path',
    check: async (store) => {
      await recorded(store, 'make', { outputs: [outputEdge('a', a), outputEdge('b', b), outputEdge('c', c)] })
      await recorded(store, 'drop', { deleted: ['b' as BytePath] })
      await recorded(store, 'again', { outputs: [outputEdge('b', b)], deleted: ['b' as BytePath] })
      const outputs = [
        outputEdge('copy', a, { base: 'a' as BytePath }),
        outputEdge('d', a, { access: ['renamed'], base: 'a' as BytePath }),
      ]
      await recorded(store, 'move', { outputs, deleted: ['a' as BytePath] })
      const found = await store.removals(['a', 'b', 'c', 'never'] as BytePath[])
      deepStrictEqual(found.map(({ path, job, movedTo }) => [path, job.argv[0], movedTo]).sort(), [
        ['a', 'move', 'd'],
        ['b', 'again', null],
      ])
      deepStrictEqual(await store.removals([]), [])
    },
  },
  {
    is: 'forgets with the job that is taken back what nobody else knows, and no more',
    check: async (store) => {
      const { row } = await recorded(store, 'one', { outputs: [outputEdge('x', a)] })
      await recorded(store, 'two', { inputs: [inputEdge('x', a)], outputs: [outputEdge('y', b)] })
      await store.popJob(row.session)
      deepStrictEqual(await store.artifactsByDigest(b), [])
      strictEqual((await store.artifactsByDigest(a)).length, 1)
      deepStrictEqual(await store.check(), [])
    },
  },
]
