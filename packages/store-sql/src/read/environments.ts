/** Environments: few, and shared by many jobs. */
import type { JobOutcome } from '@roar/core'
import type { Sql } from '../sql.ts'

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
  const variablesOf = named(sql.all('environmentVariables', { ids }))
  const factsOf = named(sql.all('environmentFacts', { ids }))
  const secretsOf = named(sql.all('environmentCommitments', { ids }))
  const found = new Map(
    sql
      .all('environments', { ids })
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
