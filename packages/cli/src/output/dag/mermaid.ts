/** The graph for Mermaid. */
import { visible } from '../escape.ts'
import { edgeTexts, nodeText } from './node-text.ts'
import type { Picture } from './picture.ts'

export function mermaid(picture: Picture): string {
  const { nodes, edges } = picture
  const texts = edgeTexts(picture)
  const names = new Map(nodes.map((node, index) => [node.id, `n${index}`]))
  const lines = [
    'flowchart TD',
    ...nodes.map(
      (node) => `  ${names.get(node.id)}${node.type === 'job' ? box(nodeText(node)) : round(nodeText(node))}`,
    ),
    ...edges.map(({ from, to }, i) => `  ${names.get(from)} -->${along(texts[i] ?? null)} ${names.get(to)}`),
  ]
  const stale = nodes.filter((node) => node.stale).map((node) => names.get(node.id))
  if (stale.length > 0)
    lines.push('  classDef stale stroke:#d80,stroke-dasharray:4', `  class ${stale.join(',')} stale`)
  return `${lines.join('\n')}\n`
}

const along = (text: string | null): string => (text === null ? '' : `|"${entities(text)}"|`)
const box = (text: string): string => `["${entities(text)}"]`
const round = (text: string): string => `(["${entities(text)}"])`

/** Everything that Mermaid's grammar, its Markdown or the HTML it makes could take for its own is written as an entity code. */
const entities = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{N} ./@_=,:+…-]/gu, (char) => `#${char.codePointAt(0)};`)
