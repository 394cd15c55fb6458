/** What became of jobs: everything that is known when they have ended. */
import { type Filtered, type FilteredCounts, type JobRecord, noneFiltered, type ProcessRecord } from '@roar/core'
import type { Selectable } from 'kysely'
import { bytePath } from '../path-text.ts'
import type { JobsTable } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { type ByJob, byJob } from './by-job.ts'
import { readEnvironments } from './environments.ts'
import { readEdges } from './job-edges.ts'
import { readInterpreters, readLockFiles, readPackages } from './job-packages.ts'

type Job = Selectable<JobsTable>

export function readOutcomes(sql: Sql, jobs: readonly Job[]): (job: Job) => NonNullable<JobRecord['outcome']> {
  const ids = jobs.map((job) => job.id)
  const { build } = sql
  const of = <R extends { readonly job_id: number }>(rows: readonly R[]) => byJob(rows)
  const gaps = build.selectFrom('job_gaps').select(['job_id', 'code', 'count', 'detail']).orderBy('job_id')
  const notes = build.selectFrom('job_notes').select(['job_id', 'text']).orderBy('job_id').orderBy('ordinal')
  const survivors = build.selectFrom('job_survivors').select(['job_id', 'pid']).orderBy('job_id').orderBy('pid')
  const read = {
    gaps: of(sql.all(gaps.where('job_id', 'in', listed(ids)).orderBy('ordinal'))),
    notes: of(sql.all(notes.where('job_id', 'in', listed(ids)))),
    survivors: of(sql.all(survivors.where('job_id', 'in', listed(ids)))),
    edges: readEdges(sql, ids),
    deleted: readDeleted(sql, ids),
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
  readonly deleted: ReturnType<typeof readDeleted>
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

function readDeleted(sql: Sql, ids: readonly number[]) {
  const rows = sql.build
    .selectFrom('job_deleted')
    .innerJoin('paths', 'paths.id', 'job_deleted.path_id')
    .select(['job_id', 'path', 'escaped'])
    .where('job_id', 'in', listed(ids))
    .orderBy('job_id')
    .orderBy('ordinal')
  return byJob(sql.all(rows))
}

function readProcesses(sql: Sql, ids: readonly number[]): ByJob<readonly ProcessRecord[]> {
  const query = sql.build
    .selectFrom('job_processes')
    .leftJoin('paths as executable', 'executable.id', 'executable_id')
    .leftJoin('paths as cwd', 'cwd.id', 'cwd_id')
    .select(['job_id', 'pid', 'parent', 'argv', 'exit_code', 'signal', 'seen_by'])
    .select(['executable.path as executable', 'executable.escaped as executable_escaped'])
    .select(['cwd.path as cwd', 'cwd.escaped as cwd_escaped'])
    .where('job_id', 'in', listed(ids))
    .orderBy('job_id')
    .orderBy('ordinal')
  const path = (text: string | null, escaped: number | null) =>
    text === null ? null : bytePath({ path: text, escaped: escaped ?? 0 })
  const rows = byJob(sql.all(query))
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
  const counts = sql.build.selectFrom('job_filtered').select(['job_id', 'category', 'count'])
  const paths = sql.build
    .selectFrom('filtered_paths')
    .innerJoin('paths', 'paths.id', 'filtered_paths.path_id')
    .select(['set_id as job_id', 'category', 'path', 'escaped'])
    .where('set_id', 'in', listed(sets))
    .orderBy('category')
    .orderBy('path')
  const [countsOf, pathsOf] = [byJob(sql.all(counts.where('job_id', 'in', listed(ids)))), byJob(sql.all(paths))]
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
