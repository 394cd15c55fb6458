/** A job's inputs and outputs, with their digests, names, processes and producers. */
import type { Digests, NoDigestReason, StoredInput } from '@roar/core'
import { accessList } from '../access-bits.ts'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'
import { digestsOf } from './digests.ts'
import { compositeUses } from './members.ts'

export type StoredEdge = StoredInput & { readonly role: 'input' | 'output' }

export function readEdges(sql: Sql, jobs: readonly number[]): ByJob<readonly StoredEdge[]> {
  const rows = sql.all('edgesOfJobs', { jobs })
  const digests = digestsOf(
    sql,
    rows.map((row) => row.artifact_id),
  )
  const [edges, names, processes] = [
    byJob(rows),
    byJob(sql.all('namesOfEdges', { jobs })),
    byJob(sql.all('processesOfEdges', { jobs })),
  ]
  const composites = compositeUses(sql, jobs)
  return (job) => {
    const [named, seen, uses] = [
      byOrdinal(names(job), bytePath),
      byOrdinal(processes(job), (row) => row.pid),
      composites(job),
    ]
    return edges(job).map((row) => ({
      ...storedEdge(row, digests, named.get(row.ordinal) ?? none, seen.get(row.ordinal) ?? none),
      ...(uses.has(row.ordinal) && { composite: uses.get(row.ordinal) ?? null, ordinal: row.ordinal }),
    }))
  }
}

const none: readonly never[] = []

const storedEdge = (
  row: Row<'edgesOfJobs'>,
  digests: ReadonlyMap<number, Digests>,
  names: readonly StoredInput['path'][],
  processes: readonly number[],
): StoredEdge => ({
  role: row.role,
  artifact: row.artifact_id,
  path: bytePath(row),
  names,
  kind: row.artifact_kind ?? row.kind ?? 'file',
  format: row.artifact_format ?? row.format,
  members: row.artifact_members ?? row.members,
  size: row.size,
  digests: (row.artifact_id === null ? null : digests.get(row.artifact_id)) ?? {},
  reason: row.reason as NoDigestReason | null,
  access: accessList(row.access),
  processes,
  code: row.code === 1,
  sourced: row.sourced,
  inCommit: row.in_commit === 1,
  producer:
    row.producer_kind === null || row.producer_number === null
      ? null
      : { kind: row.producer_kind, number: row.producer_number },
  producerUid: row.uid,
})
