/** The lineage store on one SQLite file. Every method is one call of a function that stands alone. */

import type { JobOutcome, JobQuery, JobStart, LineageStore, Receipt, ReceiptQuery, StepRef } from '@roar/core'
import { annotate, annotations } from './annotations.ts'
import { artifact, artifactsAtPath, artifactsByDigest } from './read/artifacts.ts'
import { check, statistics } from './read/check.ts'
import { graph, madeFiles } from './read/graph.ts'
import { readEdgePart } from './read/job-edges.ts'
import { readJob, readJobs } from './read/job-record.ts'
import { countPlainJobs, executionsOf, findPlainJobs, jobRow, jobsByUid } from './read/job-rows.ts'
import { memberAtPath, membersByDigest, membersOf, partMembers } from './read/members.ts'
import { readReceipts } from './read/receipts.ts'
import { removals } from './read/removals.ts'
import { putRegistration, registration, registrations } from './registrations.ts'
import { allSessions, currentSession, openSession } from './sessions.ts'
import type { Sql } from './sql.ts'
import { beginJob } from './write/begin-job.ts'
import { finishJob } from './write/finish-job.ts'
import { popJob, removeJob } from './write/pop-job.ts'
import { recordReceipt } from './write/receipt-rows.ts'

export const sqliteStore = (sql: Sql): LineageStore => ({
  currentSession: async () => currentSession(sql),
  openSession: async (startedAt) => sql.transaction(() => openSession(sql, startedAt)),
  sessions: async () => allSessions(sql),
  beginJob: async (start: JobStart) => sql.withoutWaiting(() => beginJob(sql, start)),
  finishJob: async (uid: string, outcome: JobOutcome) => finishJob(sql, uid, outcome),
  abandonJob: async (uid) => abandon(sql, uid),
  runningJobs: async () => sql.all('jobsByStatus', { status: 'running' }).map(jobRow),
  jobs: async (query: JobQuery = {}) => findPlainJobs(sql, query) ?? (await restricted()).findJobs(sql, query),
  countJobs: async (query: JobQuery = {}) => countPlainJobs(sql, query) ?? (await restricted()).countJobs(sql, query),
  jobsByUid: async (prefix) => jobsByUid(sql, prefix),
  executions: async (session: number, step: StepRef, limit?: number) => executionsOf(sql, session, step, limit),
  job: async (id, mostEdges) => readJob(sql, id, mostEdges),
  inputsOf: async (job, part) => readEdgePart(sql, job, 'input', part),
  outputsOf: async (job, part) => readEdgePart(sql, job, 'output', part),
  jobRecords: async (ids) => readJobs(sql, ids),
  artifactsByDigest: async (prefix, algorithm) => artifactsByDigest(sql, prefix, algorithm),
  artifactsAtPath: async (path) => artifactsAtPath(sql, path),
  artifact: async (id) => artifact(sql, id),
  members: async (id, query) => membersOf(sql, id, query),
  member: async (id, path) => memberAtPath(sql, id, path),
  membersByDigest: async (prefix) => membersByDigest(sql, prefix),
  partMembers: async (job, ordinal, limit) => partMembers(sql, job, ordinal, limit),
  removals: async (paths) => removals(sql, paths),
  graph: async (query) => graph(sql, query),
  madeFiles: async (job, part) => madeFiles(sql, job, part),
  popJob: async (session) => popJob(sql, session),
  annotate: async (target, changes, at) => annotate(sql, target, changes, at),
  annotations: async (query) => annotations(sql, query),
  registration: async (publication, registry) => registration(sql, publication, registry),
  putRegistration: async (row) => putRegistration(sql, row),
  registrations: async () => registrations(sql),
  recordReceipt: async (receipt: Receipt) => recordReceipt(sql, receipt),
  receipts: async (query: ReceiptQuery = {}) => readReceipts(sql, query),
  statistics: async () => statistics(sql),
  check: async () => check(sql),
  close: async (how) => sql.close(how?.atEnd ?? false),
})

/** Kysely is loaded for these only: it takes longer than a plain question. */
const restricted = () => import('./read/restricted-jobs.ts')

/** Only a job that still runs: a record is never taken back this way. */
function abandon(sql: Sql, uid: string): void {
  sql.transaction(() => {
    const job = sql.first('jobOfUid', { uid })
    if (job?.status === 'running') removeJob(sql, job.id)
  })
}
