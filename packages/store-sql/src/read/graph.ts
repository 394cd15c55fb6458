/** Nodes and edges of a session. */
import type { EdgePart, GraphEdge, GraphQuery, GraphRows, JobRow, MadeFile } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { type BaseOfEdge, readBases } from './bases.ts'
import { type CrowdedEdges, crowdedEdges, type EdgeOfGraph, isCrowded } from './crowds.ts'
import { digestsOf } from './digests.ts'
import { jobRow } from './job-rows.ts'
import { nameDigest } from './name-digest.ts'

export function graph(sql: Sql, query: GraphQuery): GraphRows {
  const jobs = graphJobs(sql, query)
  const bases = readBases(
    sql,
    jobs.map((job) => job.id),
  ).filter(({ row }) => row.producer_job_id !== null)
  const { rows, left } = rowsOf(sql, jobs, query.mostOutputs)
  const edges = [...edgesOf(sql, withoutReplaced(rows, bases)), ...bases.map(keptEdge)]
  return { jobs, edges, ...(left.size > 0 && { left }) }
}

/** Oldest first. */
function graphJobs(sql: Sql, { session, limit = -1, expanded, withoutDirty }: GraphQuery): readonly JobRow[] {
  const every = withoutDirty ? 'everyCleanExecution' : 'everyExecution'
  const newest = withoutDirty ? 'newestCleanExecutions' : 'newestExecutions'
  return sql
    .all(expanded ? every : newest, { session, limit })
    .map(jobRow)
    .reverse()
}

/** What a job has built on without reading it, or without anybody knowing its digest: an input of the graph as any other, where it is known who made it. */
const keptEdge = ({ row, base: { path, artifact, size, digests, kind, format, members } }: BaseOfEdge): GraphEdge => ({
  ...{ job: row.job_id, artifact, path, role: 'input', size, digest: nameDigest(digests), code: false },
  ...{ producer: row.producer_job_id, kind, format, members },
  ...(row.role === 'output' && row.whole === 0 && { for: outputOf(row) }),
})

const outputOf = ({ own_artifact: artifact, own_path: path, own_escaped: escaped }: BaseOfEdge['row']) => ({
  artifact,
  path: bytePath({ path, escaped }),
})

/** But for those in whose place a base stands. */
function withoutReplaced(rows: readonly EdgeOfGraph[], bases: readonly BaseOfEdge[]): readonly EdgeOfGraph[] {
  const known = new Set(
    bases.flatMap(({ row }) => (row.role === 'input' && row.whole === 1 ? [`${row.job_id}:${row.ordinal}`] : [])),
  )
  return known.size === 0 ? rows : rows.filter((row) => !known.has(`${row.job_id}:${row.ordinal}`))
}

/** By job, then by ordinal. */
function rowsOf(sql: Sql, jobs: readonly JobRow[], most: number | undefined): CrowdedEdges {
  const crowded = jobs.filter((job) => isCrowded(job, most))
  const others = jobs.flatMap((job) => (isCrowded(job, most) ? [] : [job.id]))
  const rows = others.length === 0 ? [] : sql.all('edgesOfGraph', { jobs: others })
  if (crowded.length === 0) return { rows, left: new Map() }
  const some = crowdedEdges(sql, crowded, others, most ?? 0)
  return { rows: [...rows, ...some.rows].sort((a, b) => a.job_id - b.job_id), left: some.left }
}

function edgesOf(sql: Sql, rows: readonly EdgeOfGraph[]): GraphRows['edges'] {
  const digests = digestsOf(
    sql,
    rows.map((row) => row.artifact_id),
  )
  return rows.map((row) => ({
    job: row.job_id,
    artifact: row.artifact_id,
    path: bytePath(row),
    role: row.role,
    size: row.size,
    digest: row.artifact_id === null ? null : nameDigest(digests.get(row.artifact_id) ?? {}),
    producer: row.producer_job_id,
    code: row.code === 1,
    kind: row.kind ?? 'file',
    format: row.format,
    members: row.members,
  }))
}

export const madeFiles = (sql: Sql, job: number, { from, limit }: EdgePart): readonly MadeFile[] => {
  const first = (sql.first('inputsOfJob', { job })?.inputs ?? 0) + from
  return sql.all('madeFiles', { job, from: first, to: first + limit }).map((row) => ({
    path: bytePath(row),
    artifact: row.artifact_id,
    kind: row.kind ?? 'file',
    size: row.size,
  }))
}
