/** A job's inputs and outputs, with their digests, names, processes and producers. */
import type { Built, Digests, NoDigestReason, StoredInput } from '@roar/core'
import { accessList } from '../access-bits.ts'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { builtOf, readBases } from './bases.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'
import { digestsOf } from './digests.ts'
import { compositeUses } from './members.ts'

export type StoredEdge = StoredInput & { readonly role: 'input' | 'output'; readonly built?: Built }

interface EdgeRows {
  readonly edges: readonly Row<'edgesOfJobs'>[]
  readonly names: readonly Row<'namesOfEdges'>[]
  readonly processes: readonly Row<'processesOfEdges'>[]
}

/** `most`: of one role of one job. */
export function readEdges(sql: Sql, jobs: readonly number[], most?: number): ByJob<readonly StoredEdge[]> {
  const rows = most === undefined ? allRows(sql, jobs) : firstRows(sql, jobs, most)
  const digests = digestsOf(
    sql,
    rows.edges.map((row) => row.artifact_id),
  )
  const [edges, names, processes] = [byJob(rows.edges), byJob(rows.names), byJob(rows.processes)]
  const composites = compositeUses(sql, jobs)
  const bases = builtOf(readBases(sql, jobs))
  return (job) => {
    const [named, seen, uses] = [
      byOrdinal(names(job), bytePath),
      byOrdinal(processes(job), (row) => row.pid),
      composites(job),
    ]
    return edges(job).map((row) => ({
      ...storedEdge(row, digests, named.get(row.ordinal) ?? none, seen.get(row.ordinal) ?? none),
      ...(bases.size > 0 && builtOn(row, bases.get(`${row.job_id}:${row.ordinal}`))),
      ...(uses.has(row.ordinal) && { composite: uses.get(row.ordinal) ?? null, ordinal: row.ordinal }),
    }))
  }
}

const allRows = (sql: Sql, jobs: readonly number[]): EdgeRows => ({
  edges: sql.all('edgesOfJobs', { jobs }),
  names: sql.all('namesOfEdges', { jobs }),
  processes: sql.all('processesOfEdges', { jobs }),
})

function firstRows(sql: Sql, jobs: readonly number[], most: number): EdgeRows {
  const parts = jobs.map((job): EdgeRows => {
    const edges = (['input', 'output'] as const).flatMap((role) => sql.all('someEdgesOfJob', { job, role, most }))
    const some = { job, ordinals: edges.map((row) => row.ordinal) }
    return { edges, names: sql.all('namesOfSomeEdges', some), processes: sql.all('processesOfSomeEdges', some) }
  })
  return {
    edges: parts.flatMap((part) => part.edges),
    names: parts.flatMap((part) => part.names),
    processes: parts.flatMap((part) => part.processes),
  }
}

const none: readonly never[] = []

const builtOn = (row: Row<'edgesOfJobs'>, built: Built | undefined) =>
  built && { ...(row.role === 'output' && { base: built.bases[0]?.path ?? null }), built }

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
