/** What the page's script draws: every node with its place, worked out once, by column. */
import { size, visible } from '@roar/core'
import { artifactAddress, jobAddress, markWord } from '../html/parts.ts'
import type { Graph, GraphNode } from '../port.ts'
import type { Drawing } from './drawn.ts'
import { layered } from './layers.ts'

export function drawing(graph: Pick<Graph, 'nodes' | 'edges'>): Drawing {
  const { x, y } = layered(graph)
  return {
    x,
    y,
    kinds: graph.nodes.map((node) => (node.kind === 'job' ? 'j' : 'f')).join(''),
    labels: graph.nodes.map(labelOf),
    marks: graph.nodes.map((node) => node.marks[0] ?? ''),
    addresses: graph.nodes.map(addressOf),
    from: graph.edges.map((edge) => edge.from),
    to: graph.edges.map((edge) => edge.to),
    sizes: graph.edges.map((edge) => (edge.size === null ? '' : size(edge.size))),
    widths: graph.edges.map((edge) => Math.round(10 * (1 + Math.log10(1 + (edge.size ?? 0)) / 3)) / 10),
  }
}

const longest = 48

/** A path keeps its end, a command its beginning. Marks are words too: colour alone says nothing to many. */
function labelOf(node: GraphNode): string {
  const text = [...visible(node.label)]
  const cut =
    text.length <= longest
      ? text
      : node.kind === 'job'
        ? [...text.slice(0, longest), '…']
        : ['…', ...text.slice(-longest)]
  return `${node.step ? `${node.step} ` : ''}${cut.join('')}${node.marks.map((mark) => ` [${markWord(mark)}]`).join('')}`
}

export function addressOf({ kind, target }: Pick<GraphNode, 'kind' | 'target'>): string {
  if (target === null) return ''
  return kind === 'job' ? jobAddress(target) : artifactAddress(target)
}
