/** Steps are found again, sessions follow each other. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { jobStart, recorded } from './sample-jobs.ts'
import { present, type StoreCase } from './store-case.ts'

export const stepCases: readonly StoreCase[] = [
  {
    is: 'takes the same command in the same directory as the next execution of its step',
    check: async (store) => {
      const first = await store.beginJob(jobStart(['make']))
      const second = await store.beginJob(jobStart(['make']))
      const elsewhere = await store.beginJob(jobStart(['make'], { cwd: 'sub' }))
      const build = await store.beginJob(jobStart(['make'], { kind: 'build' }))
      deepStrictEqual(
        [first, second, elsewhere, build].map(({ step, execution }) => [step.kind, step.number, execution]),
        [
          ['run', 1, 1],
          ['run', 1, 2],
          ['run', 2, 1],
          ['build', 1, 1],
        ],
      )
    },
  },
  {
    is: 'tells apart what a shell has put behind the streams of one command',
    check: async (store) => {
      const streams = [['<a', '>b'], ['<c', '>d'], ['<a', '>b'], []]
      const steps = streams.map(async (given) => (await store.beginJob(jobStart(['sort'], { streams: given }))).step)
      deepStrictEqual(
        (await Promise.all(steps)).map((step) => step.number),
        [1, 2, 1, 3],
      )
    },
  },
  {
    is: 'does not take one word with a blank for two words',
    check: async (store) => {
      const steps = [['a b'], ['a', 'b'], ['a', 'b', '']].map(
        async (argv) => (await store.beginJob(jobStart(argv))).step,
      )
      strictEqual(new Set((await Promise.all(steps)).map((step) => step.number)).size, 3)
    },
  },
  {
    is: 'keeps a step together by its name although its command changes',
    check: async (store) => {
      const unnamed = await store.beginJob(jobStart(['train', '1']))
      const named = await store.beginJob(jobStart(['train', '1'], { name: 'train' }))
      const changed = await store.beginJob(jobStart(['train', '2'], { name: 'train' }))
      deepStrictEqual([unnamed.step.number, named.step.number, changed.step.number], [1, 1, 1])
      strictEqual(changed.execution, 3)
    },
  },
  {
    is: 'runs a step again under its own number with another command',
    check: async (store) => {
      const { row } = await recorded(store, 'train --lr 1')
      const again = await store.beginJob(jobStart(['train', '--lr', '2'], { step: row.step }))
      deepStrictEqual([again.step, again.execution], [row.step, 2])
      const executions = await store.executions(row.session, row.step)
      deepStrictEqual(
        executions.map((one) => one.argv.at(-1)),
        ['2', '1'],
      )
      deepStrictEqual(await store.executions(row.session, row.step, 1), executions.slice(0, 1))
    },
  },
  {
    is: 'opens a session with the first job, and counts its steps anew in the next one',
    check: async (store) => {
      strictEqual(await store.currentSession(), null)
      const { session } = await store.beginJob(jobStart(['one']))
      const next = await store.openSession(1_767_225_600_000)
      deepStrictEqual([(await store.currentSession())?.hash, next.jobs], [next.hash, 0])
      const { step, session: now } = await store.beginJob(jobStart(['two']))
      deepStrictEqual([step.number, now.id, now.jobs], [1, next.id, 1])
      deepStrictEqual(
        (await store.sessions()).map((one) => [one.id, one.current, one.jobs]),
        [
          [next.id, true, 1],
          [session.id, false, 1],
        ],
      )
      strictEqual(/^[0-9a-f]{32}$/.test(next.hash), true)
    },
  },
  {
    is: 'takes the newest job of a session back, and with it a step that has no other',
    check: async (store) => {
      const { row } = await recorded(store, 'one')
      await recorded(store, 'two')
      strictEqual(present(await store.popJob(row.session)).argv[0], 'two')
      strictEqual((await store.beginJob(jobStart(['three']))).step.number, 2)
      await store.popJob(row.session)
      await store.popJob(row.session)
      strictEqual(await store.popJob(row.session), null)
      deepStrictEqual(await store.check(), [])
    },
  },
]
