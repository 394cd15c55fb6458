/** Writes a job's edges: tens of thousands in one transaction, so every statement is prepared once. */
import type { InputEdge, OutputEdge } from '@roar/core'
import { accessBits } from '../access-bits.ts'
import type { Sql } from '../sql.ts'
import { type ArtifactIds, artifactIds } from './artifact-ids.ts'
import { type PathIds, pathIds } from './path-ids.ts'
import { producers } from './producers.ts'

export interface EdgeLists {
  readonly inputs: readonly InputEdge[]
  readonly outputs: readonly OutputEdge[]
}

export function writeEdges(sql: Sql, job: number, now: number, { inputs, outputs }: EdgeLists): void {
  const [paths, artifacts, insert, producerOf] = [pathIds(sql), artifactIds(sql), edgeInsert(sql, job), producers(sql)]
  const place = (edge: OutputEdge) => placed(edge, now, paths, artifacts)
  for (const edge of inputs) {
    const at = place(edge)
    const artifact = at.artifact_id
    const producer = artifact === null ? null : producerOf({ job, artifact, path: at.path_id, size: edge.size })
    insert(edge, {
      ...at,
      role: 'input',
      sourced: producer === null ? edge.sourced : 'job',
      producer,
      inCommit: edge.inCommit,
    })
  }
  for (const edge of outputs)
    insert(edge, { ...place(edge), role: 'output', sourced: 'none', producer: null, inCommit: false })
}

const placed = (edge: OutputEdge, now: number, paths: PathIds, artifacts: ArtifactIds) => ({
  path_id: paths(edge.path),
  artifact_id: artifacts(edge, now),
  names: edge.names.map(paths),
})

interface Placed {
  readonly path_id: number
  readonly artifact_id: number | null
  readonly names: readonly number[]
  readonly role: 'input' | 'output'
  readonly sourced: string
  readonly producer: number | null
  readonly inCommit: boolean
}

const columns = [
  'job_id',
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
] as const

function edgeInsert(sql: Sql, job: number): (edge: OutputEdge, at: Placed) => void {
  const edges = sql.prepare(columns, (row) => sql.build.insertInto('edges').values(row))
  const names = sql.prepare(['edge_id', 'path_id'], (row) =>
    sql.build
      .insertInto('edge_names')
      .values(row)
      .onConflict((conflict) => conflict.doNothing()),
  )
  const pids = sql.prepare(['edge_id', 'pid'], (row) =>
    sql.build
      .insertInto('edge_processes')
      .values(row)
      .onConflict((conflict) => conflict.doNothing()),
  )
  return (edge, at) => {
    const { id } = edges.run({
      job_id: job,
      role: at.role,
      artifact_id: at.artifact_id,
      path_id: at.path_id,
      size: edge.size,
      reason: edge.reason,
      access: accessBits(edge.access),
      sourced: at.sourced,
      in_commit: at.inCommit ? 1 : 0,
      code: edge.code ? 1 : 0,
      producer_job_id: at.producer,
    })
    for (const path_id of at.names) names.run({ edge_id: id, path_id })
    for (const pid of edge.processes) pids.run({ edge_id: id, pid })
  }
}
