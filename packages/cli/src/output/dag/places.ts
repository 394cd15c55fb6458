/** Where the parts of a picture stand. Up to a thousand nodes dagre says it (Gansner et al., "A Technique for Drawing Directed Graphs", 1993). */

import type { Picture } from './picture.ts'
import { margin, nodeHeight, type Place, type Places, type Point } from './place.ts'
import { placesByLayers } from './places-by-layers.ts'

/** With more dagre takes minutes, and with some thousand its recursion ends in an error. */
const mostForDagre = 1000

/** `widths`: of the nodes. */
export function places(picture: Picture, widths: readonly number[]): Promise<Places> {
  return picture.nodes.length > mostForDagre ? placesByLayers(picture, widths) : placesByDagre(picture, widths)
}

async function placesByDagre({ nodes, edges }: Picture, widths: readonly number[]): Promise<Places> {
  const { default: dagre } = await import('@dagrejs/dagre')
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const [index, node] of nodes.entries()) graph.setNode(node.id, { width: widths[index] ?? 0, height: nodeHeight })
  for (const [index, edge] of edges.entries()) graph.setEdge(edge.from, edge.to, {}, String(index))
  dagre.layout(graph)
  const size = graph.graph() as { readonly width?: number; readonly height?: number }
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    nodes: nodes.map((node) => graph.node(node.id) as unknown as Place),
    edges: graph.edges().map((edge) => (graph.edge(edge) as { readonly points: readonly Point[] }).points),
  }
}
