/** The whole records of jobs: one question for each table, however many jobs there are. */
import type { GitState, JobRecord, JobRow, JobStart } from '@roar/core'
import type { Selectable } from 'kysely'
import type { JobsTable } from '../schema/tables.ts'
import type { Sql } from '../sql.ts'
import { byJob } from './by-job.ts'
import { readOutcomes } from './job-outcome.ts'
import { jobsByIds } from './job-rows.ts'

type Job = Selectable<JobsTable>

export const readJob = (sql: Sql, id: number, mostEdges?: number): JobRecord | null =>
  readJobs(sql, [id], mostEdges)[0] ?? null

/** In the order of the ids; those that are not there are left out. */
export function readJobs(sql: Sql, ids: readonly number[], mostEdges?: number): readonly JobRecord[] {
  const rows = jobsByIds(sql, ids)
  const jobs = sql.all('wholeJobs', { ids })
  const byId = new Map(jobs.map((job) => [job.id, job]))
  const [tags, git, outcomes] = [
    byJob(sql.all('tagsOfJobs', { jobs: ids })),
    readGit(sql, ids),
    readOutcomes(sql, jobs, mostEdges),
  ]
  return ids.flatMap((id) => {
    const [row, job] = [rows.get(id), byId.get(id)]
    if (!row || !job) return []
    const start = startOf(row, git(job), Object.fromEntries(tags(id).map(({ name, value }) => [name, value])))
    return [{ row, start, outcome: job.status === 'running' ? null : outcomes(job) }]
  })
}

const startOf = (row: JobRow, git: GitState | null, tags: JobStart['tags']): JobStart => ({
  kind: row.kind,
  name: row.name,
  step: row.step,
  argv: row.argv,
  cwd: row.cwd,
  startedAt: row.startedAt,
  git,
  tags,
  traceLog: row.traceLog,
  recorderPid: row.recorderPid ?? 0,
  recorderStart: row.recorderStart ?? '',
})

function readGit(sql: Sql, jobs: readonly number[]): (job: Job) => GitState | null {
  const dirtyFiles = byJob(sql.all('dirtyFilesOfJobs', { jobs }))
  const submodules = byJob(sql.all('submodulesOfJobs', { jobs }))
  return (job) => {
    if (job.in_git === 0) return null
    return {
      root: job.git_root ?? '',
      repository: job.repository,
      branch: job.branch,
      commit: job.commit_id,
      dirty: job.dirty === 1,
      dirtyFiles: dirtyFiles(job.id).map(({ path, status }) => ({ path, status })),
      detached: job.detached === 1,
      shallow: job.shallow === 1,
      sparse: job.sparse === 1,
      linkedWorktree: job.linked_worktree === 1,
      submodules: submodules(job.id).map((one) => ({ path: one.path, commit: one.commit_id, dirty: one.dirty === 1 })),
    }
  }
}
