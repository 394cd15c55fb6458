/** A job's inputs and outputs, with their digests, names, processes and producers. */
import type { Digests, NoDigestReason, StoredInput } from '@roar/core'
import { accessList } from '../access-bits.ts'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { listed } from '../sqlite/json-list.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'
import { digestsOf } from './digests.ts'
import { compositeUses } from './members.ts'

export type StoredEdge = StoredInput & { readonly role: 'input' | 'output' }

export function readEdges(sql: Sql, jobs: readonly number[]): ByJob<readonly StoredEdge[]> {
  const rows = sql.all(
    edgeSelection(sql).where('edges.job_id', 'in', listed(jobs)).orderBy('edges.job_id').orderBy('edges.ordinal'),
  )
  const digests = digestsOf(
    sql,
    rows.map((row) => row.artifact_id),
  )
  const [edges, names, processes] = [byJob(rows), namesOf(sql, jobs), processesOf(sql, jobs)]
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

function namesOf(sql: Sql, jobs: readonly number[]) {
  const query = sql.build
    .selectFrom('edge_names')
    .innerJoin('paths', 'paths.id', 'edge_names.path_id')
    .select(['job_id', 'ordinal', 'path', 'escaped'])
    .where('job_id', 'in', listed(jobs))
  return byJob(sql.all(query))
}

function processesOf(sql: Sql, jobs: readonly number[]) {
  const query = sql.build.selectFrom('edge_processes').select(['job_id', 'ordinal', 'pid'])
  return byJob(sql.all(query.where('job_id', 'in', listed(jobs))))
}

const edgeSelection = (sql: Sql) =>
  sql.build
    .selectFrom('edges')
    .innerJoin('paths', 'paths.id', 'edges.path_id')
    .leftJoin('artifacts', 'artifacts.id', 'edges.artifact_id')
    .leftJoin('jobs as producer', 'producer.id', 'edges.producer_job_id')
    .leftJoin('steps', 'steps.id', 'producer.step_id')
    .select([
      'edges.job_id',
      'ordinal',
      'edges.role',
      'edges.artifact_id',
      'path',
      'escaped',
      'edges.size',
      'edges.reason',
      'access',
    ])
    .select(['sourced', 'in_commit', 'code', 'edges.kind', 'edges.format', 'edges.members'])
    .select(['artifacts.kind as artifact_kind', 'artifacts.format as artifact_format'])
    .select(['artifacts.members as artifact_members'])
    .select(['producer.uid', 'steps.kind as producer_kind', 'steps.number as producer_number'])

type EdgeFound = ReturnType<typeof edgeSelection> extends { execute(): Promise<(infer R)[]> } ? R : never

const storedEdge = (
  row: EdgeFound,
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
