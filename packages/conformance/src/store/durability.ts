/** What was answered stays, and is seen by whoever else has the store open. */
import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict'
import type { InputEdge, LineageStore } from '@roar/core'
import { digest, inputEdge, jobOutcome, jobStart, outputEdge, recorded } from './sample-jobs.ts'
import { present, type StoreCase } from './store-case.ts'

const a = digest('a')

export const durabilityCases: readonly StoreCase[] = [
  {
    is: 'has what it was given when it is opened again',
    check: async (store, again) => {
      const { row, outcome } = await recorded(store, 'make', { outputs: [outputEdge('f', a)] })
      const later = await again()
      deepStrictEqual((await later.job(row.id))?.outcome, outcome)
      strictEqual((await later.currentSession())?.hash, row.sessionHash)
    },
  },
  {
    is: 'shows a running job to others at once',
    check: async (store, again) => {
      const other = await again()
      const { uid } = await store.beginJob(jobStart(['sleep']))
      deepStrictEqual(
        (await other.runningJobs()).map((job) => job.uid),
        [uid],
      )
      await other.finishJob(uid, jobOutcome({ status: 'interrupted' }))
      await rejects(store.finishJob(uid, jobOutcome()), { code: 'ROAR_JOB_FINISHED' })
    },
  },
  {
    is: 'takes jobs from several recorders at once and gives each its own number',
    check: async (store, again) => {
      const stores = [store, await again(), await again()]
      const record = async (one: LineageStore, i: number) => {
        const { uid, execution } = await one.beginJob(jobStart(['same']))
        await one.finishJob(uid, jobOutcome({ outputs: [outputEdge(`f${i}`, a)] }))
        return execution
      }
      const executions = await Promise.all([...stores, ...stores, ...stores].map(record))
      deepStrictEqual(
        executions.sort((x, y) => x - y),
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
      )
      strictEqual((await store.artifactsByDigest(a)).length, 1)
    },
  },
  {
    is: 'records a job whole or not at all',
    check: async (store) => {
      const { id, uid } = await store.beginJob(jobStart(['bad']))
      const broken = { ...inputEdge('g', a), access: null } as unknown as InputEdge
      await rejects(store.finishJob(uid, jobOutcome({ outputs: [outputEdge('f', a)], inputs: [broken] })))
      strictEqual(present(await store.job(id)).row.status, 'running')
      deepStrictEqual(await store.artifactsByDigest(a), [])
      await store.finishJob(uid, jobOutcome({ outputs: [outputEdge('f', a)] }))
      deepStrictEqual(await store.check(), [])
    },
  },
]
