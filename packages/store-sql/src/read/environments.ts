/** Environments: few, and shared by many jobs. */
import type { JobOutcome } from '@roar/core'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'

type Environment = JobOutcome['environment']

const nothing: Environment = {
  os: '',
  hardware: '',
  runtime: '',
  hostname: '',
  variables: {},
  facts: {},
  commitments: {},
}

export function readEnvironments(sql: Sql, jobs: readonly (number | null)[]): (id: number | null) => Environment {
  const ids = [...new Set(jobs)].filter((id) => id !== null)
  const { build } = sql
  const machines = build.selectFrom('environments').select(['id', 'os', 'hardware', 'runtime', 'hostname'])
  const variables = build.selectFrom('environment_variables').select(['environment_id', 'name', 'value'])
  const facts = build.selectFrom('environment_facts').select(['environment_id', 'name', 'value'])
  const secrets = build.selectFrom('environment_commitments').select(['environment_id', 'name', 'commitment as value'])
  const variablesOf = named(sql.all(variables.where('environment_id', 'in', listed(ids)).orderBy('name')))
  const factsOf = named(sql.all(facts.where('environment_id', 'in', listed(ids)).orderBy('name')))
  const secretsOf = named(sql.all(secrets.where('environment_id', 'in', listed(ids)).orderBy('name')))
  const found = new Map(
    sql
      .all(machines.where('id', 'in', listed(ids)))
      .map(({ id, ...machine }): [number, Environment] => [
        id,
        { ...machine, variables: variablesOf(id), facts: factsOf(id), commitments: secretsOf(id) },
      ]),
  )
  return (id) => (id === null ? nothing : (found.get(id) ?? nothing))
}

interface Named {
  readonly environment_id: number
  readonly name: string
  readonly value: string
}

function named(rows: readonly Named[]): (id: number) => Readonly<Record<string, string>> {
  const found = new Map<number, [string, string][]>()
  for (const { environment_id, name, value } of rows) {
    const known = found.get(environment_id)
    if (known) known.push([name, value])
    else found.set(environment_id, [[name, value]])
  }
  return (id) => Object.fromEntries(found.get(id) ?? [])
}
