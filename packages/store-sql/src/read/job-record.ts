/** The whole record of a job. */
import type { Filtered, FilteredCounts, GitState, JobOutcome, JobRecord, JobStart, ProcessRecord } from '@roar/core'
import type { Selectable } from 'kysely'
import { bytePath } from '../path-text.ts'
import type { JobsTable } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'
import { readEdges } from './job-edges.ts'
import { readEnvironment, readInterpreters, readLockFiles, readPackages } from './job-packages.ts'
import { jobRow, jobSelection } from './job-rows.ts'

export function readJob(sql: Sql, id: number): JobRecord | null {
  const head = sql.first(jobSelection(sql).where('jobs.id', '=', id))
  const job = sql.first(sql.build.selectFrom('jobs').selectAll().where('id', '=', id))
  if (!head || !job) return null
  const row = jobRow(head)
  const start: JobStart = {
    kind: row.kind,
    name: row.name,
    step: row.step,
    argv: row.argv,
    cwd: row.cwd,
    startedAt: row.startedAt,
    git: readGit(sql, job),
    tags: readTags(sql, id),
    traceLog: row.traceLog,
    recorderPid: row.recorderPid ?? 0,
    recorderStart: row.recorderStart ?? '',
  }
  return { row, start, outcome: job.status === 'running' ? null : readOutcome(sql, job) }
}

type Job = Selectable<JobsTable>

function readTags(sql: Sql, id: number): Readonly<Record<string, string>> {
  const rows = sql.all(sql.build.selectFrom('job_tags').select(['name', 'value']).where('job_id', '=', id))
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

function readGit(sql: Sql, job: Job): GitState | null {
  if (job.in_git === 0) return null
  const { build } = sql
  const dirty = build.selectFrom('job_dirty_files').select(['path', 'status']).where('job_id', '=', job.id)
  const modules = build.selectFrom('job_submodules').select(['path', 'commit_id', 'dirty']).where('job_id', '=', job.id)
  return {
    root: job.git_root ?? '',
    repository: job.repository,
    branch: job.branch,
    commit: job.commit_id,
    dirty: job.dirty === 1,
    dirtyFiles: sql.all(dirty.orderBy('ordinal')),
    detached: job.detached === 1,
    shallow: job.shallow === 1,
    sparse: job.sparse === 1,
    linkedWorktree: job.linked_worktree === 1,
    submodules: sql
      .all(modules.orderBy('path'))
      .map((one) => ({ path: one.path, commit: one.commit_id, dirty: one.dirty === 1 })),
  }
}

function readOutcome(sql: Sql, job: Job): JobRecord['outcome'] {
  const { build } = sql
  const { id } = job
  const gaps = build.selectFrom('job_gaps').select(['code', 'count', 'detail']).where('job_id', '=', id)
  const notes = build.selectFrom('job_notes').select('text').where('job_id', '=', id).orderBy('ordinal')
  const survivors = build.selectFrom('job_survivors').select('pid').where('job_id', '=', id).orderBy('pid')
  const edges = readEdges(sql, id)
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
      coverage: { complete: job.complete === 1, gaps: sql.all(gaps.orderBy('ordinal')) },
    },
    inputs: edges.filter((edge) => edge.role === 'input'),
    outputs: edges.filter((edge) => edge.role === 'output'),
    deleted: readDeleted(sql, id),
    packages: readPackages(sql, id),
    lockFiles: readLockFiles(sql, id),
    interpreters: readInterpreters(sql, id),
    environment: readEnvironment(sql, job.environment_id),
    processes: readProcesses(sql, id),
    filtered: readFiltered(sql, job),
    timings: {
      setup: job.setup_ms ?? 0,
      child: job.child_ms ?? 0,
      observe: job.observe_ms ?? 0,
      hash: job.hash_ms ?? 0,
      record: job.record_ms ?? 0,
    },
    stillRunning: sql.all(survivors).map((one) => one.pid),
    notes: sql.all(notes).map((one) => one.text),
  }
}

function readDeleted(sql: Sql, id: number): JobOutcome['deleted'] {
  const rows = sql.build
    .selectFrom('job_deleted')
    .innerJoin('paths', 'paths.id', 'job_deleted.path_id')
    .select(['path', 'escaped'])
    .where('job_id', '=', id)
    .orderBy('ordinal')
  return sql.all(rows).map(bytePath)
}

function readProcesses(sql: Sql, id: number): readonly ProcessRecord[] {
  const rows = sql.build
    .selectFrom('job_processes')
    .leftJoin('paths as executable', 'executable.id', 'executable_id')
    .leftJoin('paths as cwd', 'cwd.id', 'cwd_id')
    .select(['pid', 'parent', 'argv', 'exit_code', 'signal', 'seen_by'])
    .select(['executable.path as executable', 'executable.escaped as executable_escaped'])
    .select(['cwd.path as cwd', 'cwd.escaped as cwd_escaped'])
    .where('job_id', '=', id)
    .orderBy('ordinal')
  const path = (text: string | null, escaped: number | null) =>
    text === null ? null : bytePath({ path: text, escaped: escaped ?? 0 })
  return sql.all(rows).map((one) => ({
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

function readFiltered(sql: Sql, job: Job): Filtered {
  const counts = sql.build.selectFrom('job_filtered').select(['category', 'count']).where('job_id', '=', job.id)
  const paths = sql.build
    .selectFrom('filtered_paths')
    .innerJoin('paths', 'paths.id', 'filtered_paths.path_id')
    .select(['category', 'path', 'escaped'])
    .where('set_id', '=', job.filtered_set_id ?? -1)
    .orderBy('category')
    .orderBy('path')
  const found = Object.fromEntries(sql.all(counts).map((one) => [one.category, one.count]))
  return {
    counts: { ...noneLeftOut, ...found } as FilteredCounts,
    paths: sql.all(paths).map((one) => ({ category: one.category as keyof FilteredCounts, path: bytePath(one) })),
  }
}

const noneLeftOut: FilteredCounts = {
  system: 0,
  package: 0,
  internal: 0,
  temporary: 0,
  ignored: 0,
  credential: 0,
  deleted: 0,
}
