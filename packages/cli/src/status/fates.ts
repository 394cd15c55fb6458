/** A store to read from, to which a job is interrupted as soon as its recorder has ended. The row says so only when the next run has read what is left of it. */
import type { JobRow, LineageStore } from '@roar/core'
import { lifeOf } from '@roar/host'

/** Nothing is written: the answer is the same on a disk that cannot be. */
export function withFates(store: LineageStore): LineageStore {
  const told: Partial<LineageStore> = {
    runningJobs: async () => (await store.runningJobs()).map(withFate),
    jobs: async (query) => (await store.jobs(query)).map(withFate),
    jobsByUid: async (prefix) => (await store.jobsByUid(prefix)).map(withFate),
    executions: async (session, step, limit) => (await store.executions(session, step, limit)).map(withFate),
    job: async (id, mostEdges) => recordWithFate(await store.job(id, mostEdges)),
    jobRecords: async (ids) => (await store.jobRecords(ids)).map(recordWithFate),
    graph: async (query) => {
      const rows = await store.graph(query)
      return { ...rows, jobs: rows.jobs.map(withFate) }
    },
  }
  // A plugin's store may be an object of a class.
  return new Proxy(store, {
    get(all, name) {
      const value = told[name as keyof LineageStore] ?? Reflect.get(all, name)
      return typeof value === 'function' ? value.bind(all) : value
    },
  })
}

const recordWithFate = <T extends { readonly row: JobRow } | null>(record: T): T =>
  record && { ...record, row: withFate(record.row) }

const withFate = (row: JobRow): JobRow =>
  row.status === 'running' && isGone(row) ? { ...row, status: 'interrupted' } : row

const isGone = ({ recorderPid, recorderStart }: JobRow): boolean =>
  lifeOf({ pid: recorderPid ?? 0, start: recorderStart ?? '' }) === 'ended'
