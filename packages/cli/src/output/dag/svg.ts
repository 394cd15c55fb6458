/** The graph as a picture. The layout is dagre's (Gansner et al., "A Technique for Drawing Directed Graphs", 1993). */
import type { DagDocument, DagNode } from '@roar/core'
import { visible } from '../escape.ts'
import { displayWidth } from '../width.ts'
import { nodeText } from './node-text.ts'

const height = 30
const charWidth = 7

interface Placed {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export async function svg(document: DagDocument): Promise<string> {
  const { default: dagre } = await import('@dagrejs/dagre')
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36, marginx: 16, marginy: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of document.nodes) graph.setNode(node.id, { width: widthOf(node), height })
  for (const [index, edge] of document.edges.entries()) graph.setEdge(edge.from, edge.to, {}, String(index))
  dagre.layout(graph)
  const size = graph.graph() as { width?: number; height?: number }
  const nodes = document.nodes.map((node) => nodeShape(node, graph.node(node.id) as unknown as Placed))
  const edges = graph.edges().map((edge) => edgeShape((graph.edge(edge) as { points: readonly Point[] }).points))
  return page(Math.ceil(size.width ?? 0), Math.ceil(size.height ?? 0), [...edges, ...nodes])
}

const widthOf = (node: DagNode): number => displayWidth(visible(nodeText(node))) * charWidth + 24

interface Point {
  readonly x: number
  readonly y: number
}

const style =
  'text{font:12px monospace;text-anchor:middle;fill:#222}.job{fill:#e8f0fe;stroke:#4a78c2}.artifact{fill:#fff;stroke:#888}' +
  '.stale{stroke:#d80;stroke-dasharray:4}.superseded{opacity:.5}path{fill:none;stroke:#888}'

const page = (width: number, height: number, shapes: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>${style}</style>
<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#888"/></marker></defs>
${shapes.join('\n')}
</svg>
`

function nodeShape(node: DagNode, at: Placed): string {
  const classes = [node.type, ...(node.stale ? ['stale'] : []), ...(node.superseded ? ['superseded'] : [])].join(' ')
  const corner = node.type === 'job' ? 3 : height / 2
  const box = `<rect class="${classes}" x="${at.x - at.width / 2}" y="${at.y - at.height / 2}" width="${at.width}" height="${at.height}" rx="${corner}"/>`
  return `<g><title>${xml(node.id)}</title>${box}<text x="${at.x}" y="${at.y + 4}">${xml(nodeText(node))}</text></g>`
}

const edgeShape = (points: readonly Point[]): string =>
  `<path marker-end="url(#end)" d="${points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')}"/>`

const round = (value: number): number => Math.round(value * 10) / 10

const xml = (text: string): string => visible(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
