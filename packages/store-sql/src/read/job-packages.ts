/** The packages of jobs, the files that pin them, and their interpreters. */
import type { Digests, JobOutcome } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'

export function readPackages(sql: Sql, jobs: readonly number[]): ByJob<JobOutcome['packages']> {
  const [rows, changes] = [byJob(sql.all('packagesOfJobs', { jobs })), byJob(sql.all('packageChangesOfJobs', { jobs }))]
  return (job) => {
    const modified = byOrdinal(changes(job), bytePath)
    return rows(job).map(({ ordinal, ecosystem, name, version, purl, path, escaped }) => ({
      ...{ ecosystem, name, version: version === '' ? null : version, purl },
      location: path === null ? null : bytePath({ path, escaped: escaped ?? 0 }),
      modified: modified.get(ordinal) ?? [],
    }))
  }
}

export function readLockFiles(sql: Sql, jobs: readonly number[]): ByJob<NonNullable<JobOutcome['lockFiles']>> {
  const rows = byJob(sql.all('lockFilesOfJobs', { jobs }))
  return (job) =>
    digested(
      rows(job).map(({ ecosystem, algorithm, value, ...path }) => ({
        of: { ecosystem, path: bytePath(path) },
        ...{ algorithm, value },
      })),
    )
}

export function readInterpreters(sql: Sql, jobs: readonly number[]): ByJob<NonNullable<JobOutcome['interpreters']>> {
  const rows = byJob(sql.all('interpretersOfJobs', { jobs }))
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
