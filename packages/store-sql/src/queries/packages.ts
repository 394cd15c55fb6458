/** The packages of jobs, the files that pin them, and their interpreters. */
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export interface OfJobs {
  readonly jobs: readonly number[]
}
export interface Named {
  readonly ecosystem: string
  readonly name: string
  readonly version: string
  readonly purl: string
}

export const packageQueries = {
  packagesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_packages')
      .innerJoin('packages', 'packages.id', 'job_packages.package_id')
      .leftJoin('paths', 'paths.id', 'job_packages.location_id')
      .select(['job_id', 'ordinal', 'ecosystem', 'name', 'version', 'purl', 'path', 'escaped'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('job_id')
      .orderBy('ordinal'),
  packageChangesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_package_changes')
      .innerJoin('paths', 'paths.id', 'job_package_changes.path_id')
      .select(['job_id', 'ordinal', 'path', 'escaped'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('path'),
  lockFilesOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_lock_files')
      .innerJoin('paths', 'paths.id', 'job_lock_files.path_id')
      .select(['job_id', 'ecosystem', 'path', 'escaped', 'algorithm', 'value'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('ecosystem')
      .orderBy('path'),
  interpretersOfJobs: (build: Build, { jobs }: OfJobs) =>
    build
      .selectFrom('job_interpreters')
      .innerJoin('paths', 'paths.id', 'job_interpreters.path_id')
      .select(['job_id', 'path', 'escaped', 'algorithm', 'value'])
      .where('job_id', 'in', listed(jobs))
      .orderBy('path'),
  insertPackage: (build: Build, given: Named) =>
    build
      .insertInto('packages')
      .values(row(given, ['ecosystem', 'name', 'version', 'purl']))
      .onConflict((conflict) => conflict.doNothing()),
  packageId: (build: Build, { purl, ecosystem, name, version }: Named) =>
    build
      .selectFrom('packages')
      .select('id')
      .where('purl', '=', purl)
      .where('ecosystem', '=', ecosystem)
      .where('name', '=', name)
      .where('version', '=', version),
}
