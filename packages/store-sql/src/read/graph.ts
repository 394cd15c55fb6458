/** Nodes and edges of a session. */
import type { GraphEdge, GraphQuery, GraphRows, JobRow } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { type BaseOfEdge, readBases } from './bases.ts'
import { digestsOf } from './digests.ts'
import { jobRow } from './job-rows.ts'
import { nameDigest } from './name-digest.ts'

export function graph(sql: Sql, query: GraphQuery): GraphRows {
  const jobs = graphJobs(sql, query)
  const bases = readBases(
    sql,
    jobs.map((job) => job.id),
  ).filter(({ row }) => row.producer_job_id !== null)
  return { jobs, edges: [...edgesOf(sql, jobs, bases), ...bases.map(keptEdge)] }
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
function edgesOf(sql: Sql, jobs: readonly JobRow[], bases: readonly BaseOfEdge[]): GraphRows['edges'] {
  const all = jobs.length === 0 ? [] : sql.all('edgesOfGraph', { jobs: jobs.map((job) => job.id) })
  const known = new Set(
    bases.flatMap(({ row }) => (row.role === 'input' && row.whole === 1 ? [`${row.job_id}:${row.ordinal}`] : [])),
  )
  const rows = known.size === 0 ? all : all.filter((row) => !known.has(`${row.job_id}:${row.ordinal}`))
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
