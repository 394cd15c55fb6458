/** The graph for Graphviz. */
import type { DagNode } from '@roar/core'
import { visible } from '../escape.ts'
import { edgeTexts, nodeText } from './node-text.ts'
import type { Picture } from './picture.ts'

export function graphviz(picture: Picture): string {
  const { nodes, edges } = picture
  const texts = edgeTexts(picture)
  const lines = [
    'digraph roar {',
    '  rankdir=TB; node [fontname="sans-serif", fontsize=11];',
    ...nodes.map((node) => `  ${quoted(node.id)} [label=${quoted(nodeText(node))}, ${look(node)}];`),
    ...edges.map(({ from, to }, i) => `  ${quoted(from)} -> ${quoted(to)}${along(texts[i] ?? null)};`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

const along = (text: string | null): string => (text === null ? '' : ` [label=${quoted(text)}]`)

const look = (node: DagNode): string =>
  [
    node.type === 'job' ? 'shape=box' : 'shape=ellipse',
    ...(node.stale ? ['color=orange, style=dashed'] : []),
    ...(node.superseded ? ['fontcolor=gray, color=gray'] : []),
  ].join(', ')

const quoted = (text: string): string => `"${visible(text).replace(/[\\"]/g, '\\$&')}"`
