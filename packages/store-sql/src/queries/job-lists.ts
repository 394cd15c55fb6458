/** What a job has many of, beside its edges: one question for each table, however many jobs there are. */
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export interface OfJobs {
  readonly jobs: readonly number[]
}

export const jobListQueries = {
  tagsOfJobs: (build: Build, { jobs }: OfJobs) =>
    build.selectFrom('job_tags').select(['job_id', 'name', 'value']).where('job_id', 'in', listed(jobs)),
  dirtyFilesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_dirty_files')
      .select(['job_id', 'path', 'status'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  submodulesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_submodules')
      .select(['job_id', 'path', 'commit_id', 'dirty'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('path'),
  gapsOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_gaps')
      .select(['job_id', 'code', 'count', 'detail'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  notesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_notes')
      .select(['job_id', 'text'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  survivorsOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_survivors')
      .select(['job_id', 'pid'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('pid'),
  deletedOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_deleted')
      .innerJoin('paths', 'paths.id', 'job_deleted.path_id')
      .select(['job_id', 'path', 'escaped'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  processesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_processes')
      .leftJoin('paths as executable', 'executable.id', 'executable_id')
      .leftJoin('paths as cwd', 'cwd.id', 'cwd_id')
      .select(['job_id', 'pid', 'parent', 'argv', 'exit_code', 'signal', 'seen_by'])
      .select(['executable.path as executable', 'executable.escaped as executable_escaped'])
      .select(['cwd.path as cwd', 'cwd.escaped as cwd_escaped'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  filteredOfJobs: (build: Build, { jobs }: OfJobs) =>
    build.selectFrom('job_filtered').select(['job_id', 'category', 'count']).where('job_id', 'in', listed(jobs)),
  filteredPaths: (build: Build, { sets }: { sets: readonly number[] }) =>
    build
      .selectFrom('filtered_paths')
      .innerJoin('paths', 'paths.id', 'filtered_paths.path_id')
      .select(['set_id as job_id', 'category', 'path', 'escaped'])
      .where('set_id', 'in', listed(sets))
      .orderBy('category')
      .orderBy('path'),
  filteredSet: (build: Build, { fingerprint }: { fingerprint: string }) =>
    build.selectFrom('filtered_sets').select('id').where('fingerprint', '=', fingerprint),

  insertTag: (build: Build, given: { job_id: number; name: string; value: string }) =>
    build.insertInto('job_tags').values(row(given, ['job_id', 'name', 'value'])),
  insertDirtyFile: (build: Build, given: { job_id: number; ordinal: number; path: string; status: string }) =>
    build.insertInto('job_dirty_files').values(row(given, ['job_id', 'ordinal', 'path', 'status'])),
  insertSubmodule: (build: Build, given: { job_id: number; path: string; commit_id: string; dirty: 0 | 1 }) =>
    build.insertInto('job_submodules').values(row(given, ['job_id', 'path', 'commit_id', 'dirty'])),
  insertGap: (build: Build, given: { job_id: number; ordinal: number; code: string; count: number; detail: string }) =>
    build.insertInto('job_gaps').values(row(given, ['job_id', 'ordinal', 'code', 'count', 'detail'])),
  insertNote: (build: Build, given: { job_id: number; ordinal: number; text: string }) =>
    build.insertInto('job_notes').values(row(given, ['job_id', 'ordinal', 'text'])),
  insertSurvivor: (build: Build, given: { job_id: number; pid: number }) =>
    build.insertInto('job_survivors').values(row(given, ['job_id', 'pid'])),
  insertFiltered: (build: Build, given: { job_id: number; category: string; count: number }) =>
    build.insertInto('job_filtered').values(row(given, ['job_id', 'category', 'count'])),
  insertFilteredSet: (build: Build, { fingerprint }: { fingerprint: string }) =>
    build.insertInto('filtered_sets').values({ fingerprint }),
}
