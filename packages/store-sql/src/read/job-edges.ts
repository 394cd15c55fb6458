/** A job's inputs and outputs, with their digests, names, processes and producers. */
import type { Built, Digests, EdgePart, NoDigestReason, StoredInput } from '@roar/core'
import { accessList } from '../access-bits.ts'
import { bytePath } from '../path-text.ts'
import type { PartOfJob } from '../queries/edges.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { basesOf, builtOf } from './bases.ts'
import { type ByJob, byJob, byOrdinal } from './by-job.ts'
import { digestsOf } from './digests.ts'
import { compositeUses } from './members.ts'

export type StoredEdge = StoredInput & { readonly role: 'input' | 'output'; readonly built?: Built }

interface EdgeRows {
  readonly edges: readonly Row<'edgesOfJobs'>[]
  readonly names: readonly Row<'namesOfEdges'>[]
  readonly processes: readonly Row<'processesOfEdges'>[]
  readonly composites: readonly Row<'compositesOfEdges'>[]
  readonly bases: readonly Row<'basesOfJobs'>[]
}

/** `most`: of one role of one job. */
export const readEdges = (sql: Sql, jobs: readonly number[], most?: number): ByJob<readonly StoredEdge[]> =>
  edgesOf(sql, most === undefined ? allRows(sql, jobs) : firstRows(sql, jobs, most))

/** Some of one role. */
export function readEdgePart(
  sql: Sql,
  job: number,
  role: 'input' | 'output',
  { from, limit }: EdgePart,
): readonly StoredEdge[] {
  const inputs = inputsOf(sql, job)
  const [first, end] = role === 'input' ? [0, inputs] : [inputs, Number.POSITIVE_INFINITY]
  return edgesOf(sql, partRows(sql, { job, from: first + from, to: Math.min(end, first + from + limit) }))(job)
}

function edgesOf(sql: Sql, rows: EdgeRows): ByJob<readonly StoredEdge[]> {
  const digests = digestsOf(
    sql,
    rows.edges.map((row) => row.artifact_id),
  )
  const [edges, names, processes] = [byJob(rows.edges), byJob(rows.names), byJob(rows.processes)]
  const composites = compositeUses(sql, rows.composites)
  const bases = builtOf(basesOf(sql, rows.bases))
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
  composites: sql.all('compositesOfEdges', { jobs }),
  bases: jobs.length === 0 ? [] : sql.all('basesOfJobs', { jobs }),
})

function firstRows(sql: Sql, jobs: readonly number[], most: number): EdgeRows {
  const parts = jobs.flatMap((job) => {
    const inputs = inputsOf(sql, job)
    return [
      partRows(sql, { job, from: 0, to: Math.min(most, inputs) }),
      partRows(sql, { job, from: inputs, to: inputs + most }),
    ]
  })
  return {
    edges: parts.flatMap((part) => part.edges),
    names: parts.flatMap((part) => part.names),
    processes: parts.flatMap((part) => part.processes),
    composites: parts.flatMap((part) => part.composites),
    bases: parts.flatMap((part) => part.bases),
  }
}

const partRows = (sql: Sql, part: PartOfJob): EdgeRows => ({
  edges: sql.all('edgesOfPart', part),
  names: sql.all('namesOfPart', part),
  processes: sql.all('processesOfPart', part),
  composites: sql.all('compositesOfPart', part),
  bases: sql.all('basesOfPart', part),
})

/** Outputs are counted on from there. */
const inputsOf = (sql: Sql, job: number): number => sql.first('inputsOfJob', { job })?.inputs ?? 0

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
