/** Environments: few, and shared by many jobs. */
import type { Build } from './builder.ts'
import { listed, row } from './values.ts'

export interface Some {
  readonly ids: readonly number[]
}

export const environmentQueries = {
  environments: (build: Build, { ids }: Some) =>
    build
      .selectFrom('environments')
      .select(['id', 'os', 'hardware', 'runtime', 'hostname'])
      .where('id', 'in', listed(ids)),
  environmentVariables: (build: Build, { ids }: Some) =>
    build
      .selectFrom('environment_variables')
      .select(['environment_id', 'name', 'value'])
      .where('environment_id', 'in', listed(ids))
      .orderBy('name'),
  environmentFacts: (build: Build, { ids }: Some) =>
    build
      .selectFrom('environment_facts')
      .select(['environment_id', 'name', 'value'])
      .where('environment_id', 'in', listed(ids))
      .orderBy('name'),
  environmentCommitments: (build: Build, { ids }: Some) =>
    build
      .selectFrom('environment_commitments')
      .select(['environment_id', 'name', 'commitment as value'])
      .where('environment_id', 'in', listed(ids))
      .orderBy('name'),
  environmentId: (build: Build, { fingerprint }: { fingerprint: string }) =>
    build.selectFrom('environments').select('id').where('fingerprint', '=', fingerprint),
  insertEnvironment: (
    build: Build,
    given: { fingerprint: string; os: string; hardware: string; runtime: string; hostname: string },
  ) => build.insertInto('environments').values(row(given, ['fingerprint', 'os', 'hardware', 'runtime', 'hostname'])),
}
