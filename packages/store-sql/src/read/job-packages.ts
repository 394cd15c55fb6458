/** The packages of a job, the files that pin them, its interpreters, and its environment. */
import type { BytePath, Digests, JobOutcome } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'

export function readPackages(sql: Sql, id: number): JobOutcome['packages'] {
  const rows = sql.build
    .selectFrom('job_packages')
    .innerJoin('packages', 'packages.id', 'job_packages.package_id')
    .leftJoin('paths', 'paths.id', 'job_packages.location_id')
    .select(['ordinal', 'ecosystem', 'name', 'version', 'purl', 'path', 'escaped'])
    .where('job_id', '=', id)
    .orderBy('ordinal')
  const changes = readChanges(sql, id)
  return sql.all(rows).map(({ ordinal, ecosystem, name, version, purl, path, escaped }) => ({
    ...{ ecosystem, name, version: version === '' ? null : version, purl },
    location: path === null ? null : bytePath({ path, escaped: escaped ?? 0 }),
    modified: changes.get(ordinal) ?? [],
  }))
}

function readChanges(sql: Sql, id: number): ReadonlyMap<number, readonly BytePath[]> {
  const rows = sql.build
    .selectFrom('job_package_changes')
    .innerJoin('paths', 'paths.id', 'job_package_changes.path_id')
    .select(['ordinal', 'path', 'escaped'])
    .where('job_id', '=', id)
    .orderBy('path')
  const changes = new Map<number, BytePath[]>()
  for (const { ordinal, ...path } of sql.all(rows))
    changes.set(ordinal, [...(changes.get(ordinal) ?? []), bytePath(path)])
  return changes
}

export function readLockFiles(sql: Sql, id: number): NonNullable<JobOutcome['lockFiles']> {
  const rows = sql.build
    .selectFrom('job_lock_files')
    .innerJoin('paths', 'paths.id', 'job_lock_files.path_id')
    .select(['ecosystem', 'path', 'escaped', 'algorithm', 'value'])
    .where('job_id', '=', id)
    .orderBy('ecosystem')
    .orderBy('path')
  return digested(
    sql.all(rows).map(({ ecosystem, path, escaped, ...digest }) => ({
      of: { ecosystem, path: bytePath({ path, escaped }) },
      ...digest,
    })),
  )
}

export function readInterpreters(sql: Sql, id: number): NonNullable<JobOutcome['interpreters']> {
  const rows = sql.build
    .selectFrom('job_interpreters')
    .innerJoin('paths', 'paths.id', 'job_interpreters.path_id')
    .select(['path', 'escaped', 'algorithm', 'value'])
    .where('job_id', '=', id)
    .orderBy('path')
  return digested(
    sql.all(rows).map(({ path, escaped, ...digest }) => ({ of: { path: bytePath({ path, escaped }) }, ...digest })),
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

export function readEnvironment(sql: Sql, id: number | null): JobOutcome['environment'] {
  const nothing = { os: '', hardware: '', runtime: '', hostname: '' }
  const { build } = sql
  const of = id ?? -1
  const machine = build.selectFrom('environments').select(['os', 'hardware', 'runtime', 'hostname'])
  const variables = build.selectFrom('environment_variables').select(['name', 'value'])
  const facts = build.selectFrom('environment_facts').select(['name', 'value'])
  const commitments = build.selectFrom('environment_commitments').select(['name', 'commitment as value'])
  return {
    ...(sql.first(machine.where('id', '=', of)) ?? nothing),
    variables: named(sql.all(variables.where('environment_id', '=', of).orderBy('name'))),
    facts: named(sql.all(facts.where('environment_id', '=', of).orderBy('name'))),
    commitments: named(sql.all(commitments.where('environment_id', '=', of).orderBy('name'))),
  }
}

const named = (rows: readonly { readonly name: string; readonly value: string }[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]))
