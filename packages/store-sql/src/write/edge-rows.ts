/** Writes a job's edges: tens of thousands in one transaction. */
import type { InputEdge, JobOutcome, OutputEdge } from '@roar/core'
import { accessBits } from '../access-bits.ts'
import type { Sql } from '../sql.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { type PlacedArtifacts, placeArtifacts } from './artifact-ids.ts'
import { basesOf, writeBases } from './base-rows.ts'
import { writeComposites } from './composite-rows.ts'
import type { PathIds } from './path-ids.ts'
import { producerOf } from './producers.ts'
import { identifying, writeRemote } from './remote-rows.ts'

export function writeEdges(sql: Sql, job: number, outcome: JobOutcome, paths: PathIds): void {
  const { inputs, outputs } = outcome
  const edges = [...inputs, ...outputs]
  const contents = edges.map((edge) => (edge.claims ? { ...edge, digests: identifying(edge) } : edge))
  const artifacts = placeArtifacts(sql, contents, outcome.endedAt)
  const at = paths.of(edges.map((edge) => edge.path))
  const made = producersOf(sql, inputs, artifacts, at, paths.fresh)
  const place = (i: number): Place => ({ ordinal: i, artifact: artifacts.ids[i] ?? null, path: at[i] as number })
  const known = (id: number | null | undefined) => (id == null || id >= artifacts.fresh ? null : id)
  const bases = basesOf(
    sql,
    { inputs, outputs, artifactOf: (i) => known(artifacts.ids[i]), isMade: (i) => made[i] !== null },
    paths,
  )
  writeInputs(sql, job, inputs, made, place)
  writeOutputs(sql, job, outputs, (i) => place(inputs.length + i))
  writeBases(sql, job, bases)
  writeNamesAndProcesses(sql, job, edges, paths)
  writeRemote(sql, job, outcome.endedAt, edges, artifacts.ids)
  writeComposites(sql, job, edges, artifacts)
}

interface Place {
  readonly ordinal: number
  readonly artifact: number | null
  readonly path: number
}

/** Asked before the job's own edges are there: no job is its own producer. */
function producersOf(
  sql: Sql,
  inputs: readonly InputEdge[],
  artifacts: PlacedArtifacts,
  paths: readonly number[],
  freshPath: number,
): readonly (number | null)[] {
  return inputs.map(({ size }, i) => {
    const artifact = artifacts.ids[i] ?? null
    if (artifact === null || artifact >= artifacts.fresh) return null
    const path = paths[i] as number
    return producerOf(sql, artifact, path >= freshPath ? null : path, size)
  })
}

const common = ['ordinal', 'artifact_id', 'path_id', 'size', 'reason', 'access', 'code'] as const
/** An artifact has them itself. */
const ofNoArtifact = ['kind', 'format', 'members'] as const

const commonValues = (edge: OutputEdge, { ordinal, artifact, path }: Place) =>
  [ordinal, artifact, path, edge.size, edge.reason, accessBits(edge.access), edge.code ? 1 : 0] as const

function writeInputs(
  sql: Sql,
  job: number,
  inputs: readonly InputEdge[],
  made: readonly (number | null)[],
  place: (i: number) => Place,
): void {
  const own = ['sourced', 'in_commit', 'producer_job_id'] as const
  const rows = new RowWriter(sql, 'edges', [...common, ...own, ...ofNoArtifact], { role: 'input', job_id: job })
  for (const [i, edge] of inputs.entries()) {
    const at = place(i)
    const producer = made[i] ?? null
    const { kind, format, members } = at.artifact === null ? edge : none
    const sourced = producer === null ? edge.sourced : 'job'
    rows.add(...commonValues(edge, at), sourced, edge.inCommit ? 1 : 0, producer, kind, format, members)
  }
  rows.flush()
}

function writeOutputs(sql: Sql, job: number, outputs: readonly OutputEdge[], place: (i: number) => Place): void {
  const same = { role: 'output', job_id: job, sourced: 'none', in_commit: 0 } as const
  const plain = new RowWriter(sql, 'edges', ofPlain, { ...same, reason: null, code: 0 })
  const others = new RowWriter(sql, 'edges', [...common, ...ofNoArtifact], same)
  for (const [i, edge] of outputs.entries()) {
    const { ordinal, artifact, path } = place(i)
    const { kind, format, members } = artifact === null ? edge : none
    if (artifact !== null && edge.reason === null && !edge.code)
      plain.add(ordinal, artifact, path, edge.size, accessBits(edge.access))
    else others.add(...commonValues(edge, { ordinal, artifact, path }), kind, format, members)
  }
  plain.flush()
  others.flush()
}

/** Of nearly all outputs. */
const ofPlain = ['ordinal', 'artifact_id', 'path_id', 'size', 'access'] as const

const none = { kind: null, format: null, members: null }

function writeNamesAndProcesses(sql: Sql, job: number, edges: readonly OutputEdge[], paths: PathIds): void {
  const names = new RowWriter(sql, 'edge_names', ['ordinal', 'path_id'], { job_id: job })
  const processes = new RowWriter(sql, 'edge_processes', ['ordinal', 'pid'], { job_id: job })
  for (const [i, edge] of edges.entries()) {
    if (edge.names.length > 0) for (const name of new Set(paths.of(edge.names))) names.add(i, name)
    for (const pid of distinct(edge.processes)) processes.add(i, pid)
  }
  names.flush()
  processes.flush()
}

const distinct = <T>(list: readonly T[]): Iterable<T> => (list.length < 2 ? list : new Set(list))
