/** The packages of jobs, the files that pin them, and their interpreters. */
import type { Digests, JobOutcome } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'

export function readPackages(sql: Sql, jobs: readonly number[]): ByJob<JobOutcome['packages']> {
  const query = sql.build
    .selectFrom('job_packages')
    .innerJoin('packages', 'packages.id', 'job_packages.package_id')
    .leftJoin('paths', 'paths.id', 'job_packages.location_id')
    .select(['job_id', 'ordinal', 'ecosystem', 'name', 'version', 'purl', 'path', 'escaped'])
    .where('job_id', 'in', listed(jobs))
    .orderBy('job_id')
    .orderBy('ordinal')
  const [rows, changes] = [byJob(sql.all(query)), readChanges(sql, jobs)]
  return (job) => {
    const modified = byOrdinal(changes(job), bytePath)
    return rows(job).map(({ ordinal, ecosystem, name, version, purl, path, escaped }) => ({
      ...{ ecosystem, name, version: version === '' ? null : version, purl },
      location: path === null ? null : bytePath({ path, escaped: escaped ?? 0 }),
      modified: modified.get(ordinal) ?? [],
    }))
  }
}

function readChanges(sql: Sql, jobs: readonly number[]) {
  const query = sql.build
    .selectFrom('job_package_changes')
    .innerJoin('paths', 'paths.id', 'job_package_changes.path_id')
    .select(['job_id', 'ordinal', 'path', 'escaped'])
    .where('job_id', 'in', listed(jobs))
    .orderBy('path')
  return byJob(sql.all(query))
}

export function readLockFiles(sql: Sql, jobs: readonly number[]): ByJob<NonNullable<JobOutcome['lockFiles']>> {
  const query = sql.build
    .selectFrom('job_lock_files')
    .innerJoin('paths', 'paths.id', 'job_lock_files.path_id')
    .select(['job_id', 'ecosystem', 'path', 'escaped', 'algorithm', 'value'])
    .where('job_id', 'in', listed(jobs))
    .orderBy('ecosystem')
    .orderBy('path')
  const rows = byJob(sql.all(query))
  return (job) =>
    digested(
      rows(job).map(({ ecosystem, algorithm, value, ...path }) => ({
        of: { ecosystem, path: bytePath(path) },
        ...{ algorithm, value },
      })),
    )
}

export function readInterpreters(sql: Sql, jobs: readonly number[]): ByJob<NonNullable<JobOutcome['interpreters']>> {
  const query = sql.build
    .selectFrom('job_interpreters')
    .innerJoin('paths', 'paths.id', 'job_interpreters.path_id')
    .select(['job_id', 'path', 'escaped', 'algorithm', 'value'])
    .where('job_id', 'in', listed(jobs))
    .orderBy('path')
  const rows = byJob(sql.all(query))
  return (job) =>
    digested(
      rows(job).map(({ algorithm, value, ...path }) => ({ of: { path: bytePath(path) }, ...{ algorithm, value } })),
    )
}

interface DigestRow<T> {
  readonly of: T
  readonly algorithm: string
  readonly value: string
}

/** One row for each digest becomes one file with all of them. */
function digested<T extends object>(rows: readonly DigestRow<T>[]): (T & { readonly digests: Digests })[] {
  const files = new Map<string, T & { digests: Record<string, string> }>()
  for (const { of, algorithm, value } of rows) {
    const key = JSON.stringify(of)
    const file = files.get(key) ?? { ...of, digests: {} }
    file.digests[algorithm] = value
    files.set(key, file)
  }
  return [...files.values()]
}
