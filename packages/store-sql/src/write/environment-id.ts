/** One row for each distinct environment: jobs of one machine share it. */
import type { EnvironmentRecord } from '@roar/core'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { fingerprintOf } from './fingerprint.ts'

const sorted = (named: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))

export function environmentId(sql: Sql, record: EnvironmentRecord): number {
  const { variables, facts = {}, commitments = {}, ...machine } = record
  const lists = [variables, facts, commitments].map(sorted)
  const fingerprint = fingerprintOf([machine, ...lists])
  const known = sql.first('environmentId', { fingerprint })
  if (known) return known.id
  const { os, hardware, runtime, hostname } = machine
  const { id } = sql.run('insertEnvironment', { fingerprint, os, hardware, runtime, hostname })
  const tables = [
    new RowWriter(sql, 'environment_variables', ['environment_id', 'name', 'value']),
    new RowWriter(sql, 'environment_facts', ['environment_id', 'name', 'value']),
    new RowWriter(sql, 'environment_commitments', ['environment_id', 'name', 'commitment']),
  ]
  for (const [i, rows] of tables.entries()) {
    for (const [name, value] of lists[i] ?? []) rows.add(id, name, value)
    rows.flush()
  }
  return id
}
