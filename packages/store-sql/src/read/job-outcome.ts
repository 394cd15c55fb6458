/** What became of jobs: everything that is known when they have ended. */
import { type Filtered, type FilteredCounts, type JobRecord, noneFiltered, type ProcessRecord } from '@roar/core'
import type { Selectable } from 'kysely'
import { bytePath } from '../path-text.ts'
import type { JobsTable } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { type ByJob, byJob } from './by-job.ts'
import { readEnvironments } from './environments.ts'
import { readEdges } from './job-edges.ts'
import { readInterpreters, readLockFiles, readPackages } from './job-packages.ts'

type Job = Selectable<JobsTable>

export function readOutcomes(
  sql: Sql,
  jobs: readonly Job[],
  mostEdges?: number,
): (job: Job) => NonNullable<JobRecord['outcome']> {
  const ids = jobs.map((job) => job.id)
  const read = {
    gaps: byJob(sql.all('gapsOfJobs', { jobs: ids })),
    notes: byJob(sql.all('notesOfJobs', { jobs: ids })),
    survivors: byJob(sql.all('survivorsOfJobs', { jobs: ids })),
    edges: readEdges(sql, ids, mostEdges),
    deleted: byJob(sql.all('deletedOfJobs', { jobs: ids })),
    packages: readPackages(sql, ids),
    lockFiles: readLockFiles(sql, ids),
    interpreters: readInterpreters(sql, ids),
    environment: readEnvironments(
      sql,
      jobs.map((job) => job.environment_id),
    ),
    processes: readProcesses(sql, ids),
    filtered: readFiltered(sql, jobs),
  }
  return (job) => outcomeOf(job, read)
}

interface Parts {
  readonly gaps: ByJob<readonly { code: string; count: number; detail: string }[]>
  readonly notes: ByJob<readonly { text: string }[]>
  readonly survivors: ByJob<readonly { pid: number }[]>
  readonly edges: ReturnType<typeof readEdges>
  readonly deleted: ByJob<readonly Row<'deletedOfJobs'>[]>
  readonly packages: ReturnType<typeof readPackages>
  readonly lockFiles: ReturnType<typeof readLockFiles>
  readonly interpreters: ReturnType<typeof readInterpreters>
  readonly environment: ReturnType<typeof readEnvironments>
  readonly processes: ReturnType<typeof readProcesses>
  readonly filtered: ReturnType<typeof readFiltered>
}

function outcomeOf(job: Job, read: Parts): NonNullable<JobRecord['outcome']> {
  const edges = read.edges(job.id)
  return {
    status: job.status === 'running' ? 'interrupted' : job.status,
    endedAt: job.ended_at ?? job.started_at,
    durationMs: job.duration_ms ?? 0,
    exit: { exitCode: job.exit_code, signal: job.signal },
    tracer: {
      name: job.tracer ?? '',
      version: job.tracer_version ?? '',
      reason: job.tracer_reason ?? '',
      lost: job.lost,
      coverage: {
        complete: job.complete === 1,
        gaps: read.gaps(job.id).map(({ code, count, detail }) => ({ code, count, detail })),
      },
    },
    inputs: edges.filter((edge) => edge.role === 'input'),
    outputs: edges.filter((edge) => edge.role === 'output'),
    deleted: read.deleted(job.id).map(bytePath),
    packages: read.packages(job.id),
    lockFiles: read.lockFiles(job.id),
    interpreters: read.interpreters(job.id),
    environment: read.environment(job.environment_id),
    processes: read.processes(job.id),
    filtered: read.filtered(job),
    timings: timingsOf(job),
    stillRunning: read.survivors(job.id).map((one) => one.pid),
    notes: read.notes(job.id).map((one) => one.text),
  }
}

const timingsOf = (job: Job) => ({
  setup: job.setup_ms ?? 0,
  child: job.child_ms ?? 0,
  observe: job.observe_ms ?? 0,
  hash: job.hash_ms ?? 0,
  record: job.record_ms ?? 0,
})

function readProcesses(sql: Sql, ids: readonly number[]): ByJob<readonly ProcessRecord[]> {
  const path = (text: string | null, escaped: number | null) =>
    text === null ? null : bytePath({ path: text, escaped: escaped ?? 0 })
  const rows = byJob(sql.all('processesOfJobs', { jobs: ids }))
  return (job) =>
    rows(job).map((one) => ({
      pid: one.pid,
      parent: one.parent,
      argv: JSON.parse(one.argv),
      executable: path(one.executable, one.executable_escaped),
      cwd: path(one.cwd, one.cwd_escaped),
      exitCode: one.exit_code,
      signal: one.signal,
      seenBy: one.seen_by,
    }))
}

/** What was left out is one set of paths, shared by jobs that left out the same. */
function readFiltered(sql: Sql, jobs: readonly Job[]): (job: Job) => Filtered {
  const ids = jobs.map((job) => job.id)
  const sets = [...new Set(jobs.map((job) => job.filtered_set_id))].filter((id) => id !== null)
  const countsOf = byJob(sql.all('filteredOfJobs', { jobs: ids }))
  const pathsOf = byJob(sql.all('filteredPaths', { sets }))
  return (job) => ({
    counts: {
      ...noneFiltered(),
      ...Object.fromEntries(countsOf(job.id).map((one) => [one.category, one.count])),
    } as FilteredCounts,
    paths: pathsOf(job.filtered_set_id ?? -1).map((one) => ({
      category: one.category as keyof FilteredCounts,
      path: bytePath(one),
    })),
  })
}
