/** Writes a job's edges: tens of thousands in one transaction. */
import type { InputEdge, JobOutcome, OutputEdge } from '@roar/core'
import { accessBits } from '../access-bits.ts'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { type PlacedArtifacts, placeArtifacts } from './artifact-ids.ts'
import type { PathIds } from './path-ids.ts'
import { producers } from './producers.ts'

export function writeEdges(sql: Sql, job: number, outcome: JobOutcome, paths: PathIds): void {
  const { inputs, outputs } = outcome
  const edges = [...inputs, ...outputs]
  const artifacts = placeArtifacts(sql, edges, outcome.endedAt)
  const at = paths.of(edges.map((edge) => edge.path))
  const made = producersOf(sql, inputs, artifacts, at, paths.fresh)
  const rows = edgeWriter(sql)
  for (const [i, edge] of edges.entries()) {
    const artifact = artifacts.ids[i] ?? null
    const path = at[i] as number
    if (i < inputs.length) writeInput(rows, job, i, edge as InputEdge, artifact, path, made[i] ?? null)
    else write(rows, job, i, edge, 'output', artifact, path, 'none', 0, null)
  }
  rows.flush()
  writeNamesAndProcesses(sql, job, edges, paths)
}

/** Asked before the job's own edges are there: no job is its own producer. */
function producersOf(
  sql: Sql,
  inputs: readonly InputEdge[],
  artifacts: PlacedArtifacts,
  paths: readonly number[],
  freshPath: number,
): readonly (number | null)[] {
  const producerOf = producers(sql)
  return inputs.map(({ size }, i) => {
    const artifact = artifacts.ids[i] ?? null
    if (artifact === null || artifact >= artifacts.fresh) return null
    const path = paths[i] as number
    return producerOf(artifact, path >= freshPath ? null : path, size)
  })
}

const edgeWriter = (sql: Sql) =>
  new RowWriter(sql, 'edges', [
    'job_id',
    'ordinal',
    'role',
    'artifact_id',
    'path_id',
    'size',
    'reason',
    'access',
    'sourced',
    'in_commit',
    'code',
    'producer_job_id',
    'kind',
    'format',
    'members',
  ])

function writeInput(
  rows: RowWriter<'edges'>,
  job: number,
  ordinal: number,
  edge: InputEdge,
  artifact: number | null,
  path: number,
  producer: number | null,
): void {
  const sourced = producer === null ? edge.sourced : 'job'
  write(rows, job, ordinal, edge, 'input', artifact, path, sourced, edge.inCommit ? 1 : 0, producer)
}

function write(
  rows: RowWriter<'edges'>,
  job: number,
  ordinal: number,
  edge: OutputEdge,
  role: 'input' | 'output',
  artifact: number | null,
  path: number,
  sourced: string,
  inCommit: 0 | 1,
  producer: number | null,
): void {
  const { size, reason, access, code } = edge
  const { kind, format, members } = artifact === null ? edge : ofTheArtifact
  const bits = accessBits(access)
  const flag = code ? 1 : 0
  rows.add(
    job,
    ordinal,
    role,
    artifact,
    path,
    size,
    reason,
    bits,
    sourced,
    inCommit,
    flag,
    producer,
    kind,
    format,
    members,
  )
}

const ofTheArtifact = { kind: null, format: null, members: null }

function writeNamesAndProcesses(sql: Sql, job: number, edges: readonly OutputEdge[], paths: PathIds): void {
  const names = new RowWriter(sql, 'edge_names', ['job_id', 'ordinal', 'path_id'])
  const processes = new RowWriter(sql, 'edge_processes', ['job_id', 'ordinal', 'pid'])
  for (const [i, edge] of edges.entries()) {
    if (edge.names.length > 0) for (const name of new Set(paths.of(edge.names))) names.add(job, i, name)
    for (const pid of distinct(edge.processes)) processes.add(job, i, pid)
  }
  names.flush()
  processes.flush()
}

const distinct = <T>(list: readonly T[]): Iterable<T> => (list.length < 2 ? list : new Set(list))
