/** What a job was said to have done, taken back. */
import type { Build } from './builder.ts'

export interface OfJob {
  readonly job: number
}

export const outcomeQueries = {
  gapOfJob: (build: Build, { job, code }: OfJob & { code: string }) =>
    build.selectFrom('job_gaps').select('ordinal').where('job_id', '=', job).where('code', '=', code).limit(1),
  deleteEdges: (build: Build, { job }: OfJob) => build.deleteFrom('edges').where('job_id', '=', job),
  deleteGaps: (build: Build, { job }: OfJob) => build.deleteFrom('job_gaps').where('job_id', '=', job),
  deleteNotes: (build: Build, { job }: OfJob) => build.deleteFrom('job_notes').where('job_id', '=', job),
  deleteProcesses: (build: Build, { job }: OfJob) => build.deleteFrom('job_processes').where('job_id', '=', job),
  deleteSurvivors: (build: Build, { job }: OfJob) => build.deleteFrom('job_survivors').where('job_id', '=', job),
  deleteDeleted: (build: Build, { job }: OfJob) => build.deleteFrom('job_deleted').where('job_id', '=', job),
  deleteFiltered: (build: Build, { job }: OfJob) => build.deleteFrom('job_filtered').where('job_id', '=', job),
  deletePackages: (build: Build, { job }: OfJob) => build.deleteFrom('job_packages').where('job_id', '=', job),
  deleteLockFiles: (build: Build, { job }: OfJob) => build.deleteFrom('job_lock_files').where('job_id', '=', job),
  deleteInterpreters: (build: Build, { job }: OfJob) => build.deleteFrom('job_interpreters').where('job_id', '=', job),
}
