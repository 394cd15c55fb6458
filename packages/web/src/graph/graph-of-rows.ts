/** From a store's rows to what is drawn: jobs and files as they flow, so that a copy stays two files and no file stands before what made it. */
import {
  display,
  type FlowFile,
  type FlowJob,
  flow,
  type GraphRows,
  type Staleness,
  shellWords,
  staleness,
  stepName,
} from '@roar/core'
import type { Graph, GraphEdge, GraphNode, Mark } from '../port.ts'

export interface GraphHead extends Pick<Graph, 'name' | 'title' | 'facts' | 'cut'> {
  /** From more rows than are drawn, where only a part is. */
  readonly staleness?: Staleness
  /** By uid, where the words of a command are not known apart. */
  readonly commands?: ReadonlyMap<string, string>
}

export function graphOfRows(rows: GraphRows, { staleness: given, commands, ...head }: GraphHead): Graph {
  const state = given ?? staleness(rows)
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const places = new Map<FlowFile, number>()
  const placeOf = (file: FlowFile): number => {
    const known = places.get(file) ?? nodes.push(fileNode(file, state)) - 1
    places.set(file, known)
    return known
  }
  for (const job of flow(rows, state, { withCode: true }).jobs) {
    const to = nodes.push(jobNode(job, state, commands)) - 1
    for (const file of job.inputs) edges.push({ from: placeOf(file), to, size: file.size })
    for (const file of job.outputs) edges.push({ from: to, to: placeOf(file), size: file.size })
  }
  return { ...head, nodes, edges }
}

function jobNode({ row }: FlowJob, state: Staleness, commands: GraphHead['commands']): GraphNode {
  return {
    id: `job:${row.uid}`,
    kind: 'job',
    label: commands?.get(row.uid) ?? shellWords(row.argv),
    step: stepName(row.step),
    target: row.uid,
    size: null,
    marks: marksOf(row.dirty, state.stale.has(row.id), state.superseded.has(row.id)),
  }
}

function fileNode({ key, path, digest, size, producers }: FlowFile, state: Staleness): GraphNode {
  const maker = [...producers].at(-1)?.row
  const now = state.newest.get(path)
  // Written again since, with other bytes.
  const superseded = maker !== undefined && now !== undefined && now.job.id > maker.id && now.digest !== digest
  const marks = marksOf(maker?.dirty ?? false, maker !== undefined && state.stale.has(maker.id), superseded)
  return { id: `file:${key}`, kind: 'file', label: display(path), step: null, target: digest, size, marks }
}

const marksOf = (dirty: boolean, stale: boolean, superseded: boolean): Mark[] => [
  ...(dirty ? (['dirty'] as const) : []),
  ...(stale ? (['stale'] as const) : []),
  ...(superseded ? (['superseded'] as const) : []),
]
