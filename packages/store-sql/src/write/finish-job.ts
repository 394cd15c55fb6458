/** The whole record of a job that has ended, in one transaction. */
import { type BytePath, type Filtered, type JobOutcome, monotonic, RoarError } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { writeEdges } from './edge-rows.ts'
import { environmentId } from './environment-id.ts'
import { fingerprintOf } from './fingerprint.ts'
import { writePackages } from './package-rows.ts'
import { PathIds } from './path-ids.ts'
import { removeOutcome } from './remove-outcome.ts'

/**
 * A hundred thousand rows in ten trees touch 35 MB, of which SQLite keeps 2 and reads the rest again; and each page that a statement of many rows changes is
 * first copied to a file of its own, in case it fails.
 */
const [forMany, asBefore] = [
  ['cache_size = -32000', 'temp_store = MEMORY'],
  ['cache_size = -2000', 'temp_store = DEFAULT'],
]
const manyEdges = 10_000

export function finishJob(sql: Sql, uid: string, outcome: JobOutcome): void {
  const isLarge = outcome.inputs.length + outcome.outputs.length > manyEdges
  if (isLarge) for (const one of forMany) sql.pragma(one)
  try {
    sql.transaction(() => record(sql, uid, outcome))
  } finally {
    if (isLarge) for (const one of asBefore) sql.pragma(one)
  }
}

function record(sql: Sql, uid: string, outcome: JobOutcome): void {
  const begun = monotonic()
  const id = unfinishedJob(sql, uid, outcome)
  const paths = new PathIds(sql)
  writeEdges(sql, id, outcome, paths)
  writeLists(sql, id, outcome, paths)
  writePackages(sql, id, outcome, paths)
  const environment = environmentId(sql, outcome.environment)
  const filtered = filteredId(sql, id, outcome.filtered, paths)
  sql.run('endJob', {
    ...jobColumns(outcome),
    id,
    environment_id: environment,
    filtered_set_id: filtered,
    record_ms: Math.round((monotonic() - begun) * 10) / 10,
  })
}

function unfinishedJob(sql: Sql, uid: string, outcome: JobOutcome): number {
  const job = sql.first('jobOfUid', { uid })
  if (job?.status === 'running') return job.id
  if (
    job?.status === 'interrupted' &&
    !hasRecorderDied(outcome) &&
    sql.first('gapOfJob', { job: job.id, code: died })
  ) {
    removeOutcome(sql, job.id)
    return job.id
  }
  throw new RoarError('ROAR_JOB_FINISHED', job ? `the job ${uid} is recorded already` : `there is no job ${uid}`, {
    cause: job ? 'A job is recorded once: by its own recorder, or by the run that found it interrupted.' : '',
    remedy: [`roar show ${uid}`, 'roar log'],
  })
}

/** The gap of a record that somebody else has made. A recorder that was taken for dead, and lives, knows better. */
const died = 'recorder-died'
const hasRecorderDied = ({ tracer }: JobOutcome): boolean => tracer.coverage.gaps.some(({ code }) => code === died)

const jobColumns = (outcome: JobOutcome) => ({
  status: outcome.status,
  ended_at: outcome.endedAt,
  duration_ms: outcome.durationMs,
  exit_code: outcome.exit.exitCode,
  signal: outcome.exit.signal,
  tracer: outcome.tracer.name,
  tracer_version: outcome.tracer.version,
  tracer_reason: outcome.tracer.reason,
  lost: outcome.tracer.lost,
  complete: outcome.tracer.coverage.complete ? (1 as const) : (0 as const),
  inputs: outcome.inputs.length,
  outputs: outcome.outputs.length,
  setup_ms: outcome.timings.setup,
  child_ms: outcome.timings.child,
  observe_ms: outcome.timings.observe,
  hash_ms: outcome.timings.hash,
})

function writeLists(sql: Sql, id: number, outcome: JobOutcome, paths: PathIds): void {
  for (const [ordinal, { code, count, detail }] of outcome.tracer.coverage.gaps.entries())
    sql.run('insertGap', { job_id: id, ordinal, code, count, detail })
  for (const [ordinal, text] of outcome.notes.entries()) sql.run('insertNote', { job_id: id, ordinal, text })
  for (const pid of new Set(outcome.stillRunning)) sql.run('insertSurvivor', { job_id: id, pid })
  const deleted = new RowWriter(sql, 'job_deleted', ['job_id', 'ordinal', 'path_id'])
  for (const [ordinal, path] of paths.of(outcome.deleted).entries()) deleted.add(id, ordinal, path)
  deleted.flush()
  writeProcesses(sql, id, outcome, paths)
}

const processColumns = [
  'job_id',
  'ordinal',
  'pid',
  'parent',
  'argv',
  'executable_id',
  'cwd_id',
  'exit_code',
  'signal',
  'seen_by',
] as const

function writeProcesses(sql: Sql, id: number, { processes }: JobOutcome, paths: PathIds): void {
  const rows = new RowWriter(sql, 'job_processes', processColumns)
  const executables = someIds(
    paths,
    processes.map((one) => one.executable),
  )
  const cwds = someIds(
    paths,
    processes.map((one) => one.cwd),
  )
  for (const [ordinal, one] of processes.entries()) {
    const { pid, parent, exitCode, signal, seenBy } = one
    const [executable, cwd] = [executables[ordinal], cwds[ordinal]]
    rows.add(id, ordinal, pid, parent, JSON.stringify(one.argv), executable, cwd, exitCode, signal, seenBy)
  }
  rows.flush()
}

function someIds(paths: PathIds, list: readonly (BytePath | null)[]): readonly (number | null)[] {
  const ids = paths.of(list.filter((path) => path !== null))[Symbol.iterator]()
  return list.map((path) => (path === null ? null : (ids.next().value ?? null)))
}

/** The same program leaves out the same thousand files at every run: such a list is stored once. */
function filteredId(sql: Sql, job: number, { counts, paths: left }: Filtered, paths: PathIds): number | null {
  for (const [category, count] of Object.entries(counts)) sql.run('insertFiltered', { job_id: job, category, count })
  if (left.length === 0) return null
  const lines = left.map(({ category, path }) => `${category}\0${path}`).sort()
  const fingerprint = fingerprintOf(lines)
  const known = sql.first('filteredSet', { fingerprint })
  if (known) return known.id
  const { id } = sql.run('insertFilteredSet', { fingerprint })
  const rows = new RowWriter(sql, 'filtered_paths', ['set_id', 'category', 'path_id'])
  const distinct = [...new Set(lines)].map((line) => line.split('\0') as [string, BytePath])
  const ids = paths.of(distinct.map(([, path]) => path))
  for (const [i, [category]] of distinct.entries()) rows.add(id, category, ids[i])
  rows.flush()
  return id
}
