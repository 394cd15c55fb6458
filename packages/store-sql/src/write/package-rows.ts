/** The packages of a job, the files that pin them, and its interpreters. */
import type { BytePath, Digests, JobOutcome, PackageUse } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import type { PathIds } from './path-ids.ts'

export function writePackages(sql: Sql, id: number, outcome: JobOutcome, paths: PathIds): void {
  const { packages, lockFiles = [], interpreters = [] } = outcome
  writeUses(sql, id, packages, paths)
  writeChanges(sql, id, packages, paths)
  const locks = new RowWriter(sql, 'job_lock_files', ['job_id', 'ecosystem', 'path_id', 'algorithm', 'value'])
  const programs = new RowWriter(sql, 'job_interpreters', ['job_id', 'path_id', 'algorithm', 'value'])
  for (const [one, path, algorithm, value] of digestRows(lockFiles, paths))
    locks.add(id, one.ecosystem, path, algorithm, value)
  for (const [, path, algorithm, value] of digestRows(interpreters, paths)) programs.add(id, path, algorithm, value)
  locks.flush()
  programs.flush()
}

function writeUses(sql: Sql, id: number, packages: readonly PackageUse[], paths: PathIds): void {
  const places = paths.of(packages.flatMap(({ location }) => (location === null ? [] : [location])))[Symbol.iterator]()
  const rows = new RowWriter(sql, 'job_packages', ['job_id', 'ordinal', 'package_id', 'location_id'])
  for (const [ordinal, use] of packages.entries())
    rows.add(id, ordinal, packageId(sql, use), use.location === null ? null : places.next().value)
  rows.flush()
}

function writeChanges(sql: Sql, id: number, packages: readonly PackageUse[], paths: PathIds): void {
  const rows = new RowWriter(sql, 'job_package_changes', ['job_id', 'ordinal', 'path_id'])
  for (const [ordinal, { modified }] of packages.entries())
    for (const path of new Set(paths.of(modified))) rows.add(id, ordinal, path)
  rows.flush()
}

/** A package without version has the empty one: null is never equal to null in an index. */
function packageId(sql: Sql, { ecosystem, name, version, purl }: PackageUse): number {
  const row = { ecosystem, name, version: version ?? '', purl }
  return sql.first('packageId', row)?.id ?? sql.run('insertPackage', row).id
}

interface Digested {
  readonly path: BytePath
  readonly digests: Digests
}

function* digestRows<T extends Digested>(
  files: readonly T[],
  paths: PathIds,
): Iterable<readonly [T, number, string, string]> {
  const ids = paths.of(files.map(({ path }) => path))
  for (const [i, one] of files.entries())
    for (const [algorithm, value] of Object.entries(one.digests)) yield [one, ids[i] as number, algorithm, value]
}
