/** Nodes and edges of a session. */
import type { EdgePart, GraphEdge, GraphQuery, GraphRows, JobRow, MadeFile } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import type { Row } from '../statements/statement.ts'
import { type BaseOfEdge, readBases } from './bases.ts'
import { type CrowdedEdges, crowdedEdges, type EdgeOfGraph, isCrowded } from './crowds.ts'
import { jobRow } from './job-rows.ts'
import { keptMakers } from './kept-makers.ts'
import { nameDigest } from './name-digest.ts'

export function graph(sql: Sql, query: GraphQuery): GraphRows {
  const rows = graphOf(sql, graphJobs(sql, query), query)
  return query.expanded ? rows : withKeptMakers(sql, rows, query)
}

/** Read anew with each generation of makers: they are few, and what is left out of a job depends on all the others. */
function withKeptMakers(sql: Sql, rows: GraphRows, query: GraphQuery): GraphRows {
  const kept = keptMakers(sql, rows.jobs, rows.edges).filter((job) => !(query.withoutDirty && job.dirty))
  const room = query.limit === undefined ? kept.length : 2 * query.limit - rows.jobs.length
  if (kept.length === 0 || room <= 0) return rows
  const jobs = [...rows.jobs, ...kept.slice(0, room)].sort((a, b) => a.id - b.id)
  return withKeptMakers(sql, graphOf(sql, jobs, query), query)
}

function graphOf(sql: Sql, jobs: readonly JobRow[], query: GraphQuery): GraphRows {
  const bases = readBases(
    sql,
    jobs.map((job) => job.id),
  ).filter(({ row }) => row.producer_job_id !== null)
  const { edges, left } = edgesOf(sql, jobs, replacedBy(bases), query.mostOutputs)
  for (const base of bases) edges.push(keptEdge(base))
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

/** The edges in whose place a base stands. */
const replacedBy = (bases: readonly BaseOfEdge[]): ReadonlySet<string> =>
  new Set(bases.flatMap(({ row }) => (row.role === 'input' && row.whole === 1 ? [placeOf(row)] : [])))

const placeOf = (row: { readonly job_id: number; readonly ordinal: number }): string => `${row.job_id}:${row.ordinal}`

/** Edges: to step from row to row takes half as long again, which is worth it only for the memory of very many. */
const mostAtOnce = 10_000

interface Edges {
  readonly edges: GraphEdge[]
  readonly left: CrowdedEdges['left']
}

/** By job, then by ordinal. */
function edgesOf(sql: Sql, jobs: readonly JobRow[], replaced: ReadonlySet<string>, most: number | undefined): Edges {
  const crowded = jobs.filter((job) => isCrowded(job, most))
  const rest = jobs.filter((job) => !isCrowded(job, most))
  const others = rest.map((job) => job.id)
  const edges: GraphEdge[] = []
  const add = (row: EdgeOfGraph): void => {
    if (replaced.size === 0 || !replaced.has(placeOf(row))) edges.push(edgeOf(row))
  }
  if (rest.reduce((sum, job) => sum + job.inputs + job.outputs, 0) > mostAtOnce)
    sql.each('edgesOfGraph', { jobs: others }, add)
  else if (others.length > 0) for (const row of sql.all('edgesOfGraph', { jobs: others })) add(row)
  if (crowded.length === 0) return { edges, left: new Map() }
  const some = crowdedEdges(sql, crowded, others, most ?? 0)
  for (const row of some.rows) add(row)
  return { edges: edges.sort((a, b) => a.job - b.job), left: some.left }
}

const edgeOf = (row: EdgeOfGraph): GraphEdge => ({
  job: row.job_id,
  artifact: row.artifact_id,
  path: bytePath(row),
  role: row.role,
  size: row.size,
  digest: row.digest,
  producer: row.producer_job_id,
  code: row.code === 1,
  kind: row.kind ?? 'file',
  format: row.format,
  members: row.members,
})

export function madeFiles(
  sql: Sql,
  job: number,
  { from, limit, digests }: EdgePart & { readonly digests: boolean },
): readonly MadeFile[] {
  const first = (sql.first('inputsOfJob', { job })?.inputs ?? 0) + from
  const part = { job, from: first, to: first + limit }
  if (digests) return sql.all('madeFilesWithDigests', part).map((row) => madeFile(row, row.digest))
  return sql.all('madeFiles', part).map((row) => madeFile(row, null))
}

const madeFile = (row: Row<'madeFiles'>, digest: string | null): MadeFile => ({
  path: bytePath(row),
  artifact: row.artifact_id,
  digest,
  kind: row.kind ?? 'file',
  size: row.size,
})
