/** From a store's rows to what is drawn: a node for each job and each content, with what is stale or dirty. */
import { type DagNode, dagDocument, type GraphRows, type Staleness, shellWords } from '@roar/core'
import type { Graph, GraphEdge, GraphNode, Mark } from '../port.ts'

export interface GraphHead extends Pick<Graph, 'name' | 'title' | 'facts' | 'truncated'> {
  /** From more rows than are drawn, where only a part is. */
  readonly staleness?: Staleness
  /** By uid, where the words of a command are not known apart. */
  readonly commands?: ReadonlyMap<string, string>
}

export function graphOfRows(rows: GraphRows, { staleness, commands, ...head }: GraphHead): Graph {
  const document = dagDocument(rows, { session: head.name, ...(staleness && { staleness }) })
  const places = new Map(document.nodes.map((node, at) => [node.id, at]))
  const nodes = document.nodes.map((node) => nodeOf(node, commands))
  const edges = new Map<string, GraphEdge>()
  for (const { from, to } of document.edges) {
    const [a, b] = [places.get(from), places.get(to)]
    if (a === undefined || b === undefined) continue
    edges.set(`${a} ${b}`, { from: a, to: b, size: nodes[a]?.size ?? nodes[b]?.size ?? null })
  }
  return { ...head, nodes, edges: [...edges.values()] }
}

const nodeOf = (node: DagNode, commands: GraphHead['commands']): GraphNode =>
  node.type === 'job'
    ? {
        id: node.id,
        kind: 'job',
        label: commands?.get(node.uid) ?? shellWords(node.argv),
        step: node.step,
        target: node.uid,
        size: null,
        marks: marksOf(node),
      }
    : {
        id: node.id,
        kind: 'file',
        label: node.path,
        step: null,
        target: node.digest,
        size: node.size,
        marks: marksOf(node),
      }

const marksOf = (node: Pick<DagNode, 'stale' | 'superseded' | 'dirty'>): Mark[] => [
  ...(node.dirty ? (['dirty'] as const) : []),
  ...(node.stale ? (['stale'] as const) : []),
  ...(node.superseded ? (['superseded'] as const) : []),
]
