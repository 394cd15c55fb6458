/** One line for a node, in drawings for other programs. */
import type { DagNode } from '@roar/core'
import { namedCommand } from '../command-line.ts'
import type { Picture } from './picture.ts'

const longest = 60

export function nodeText(node: DagNode): string {
  const text = node.type === 'job' ? `${node.step} ${namedCommand(node)}` : node.path
  const marks = [...(node.stale ? ['stale'] : []), ...(node.dirty && node.type === 'job' ? ['dirty'] : [])]
  return shortened(text) + (marks.length > 0 ? ` [${marks.join(', ')}]` : '')
}

/** The name that a content has there, by edge, where it is another than the one that its node is shown by: a copy is one content at two paths. */
export function edgeTexts({ nodes, edges }: Picture): readonly (string | null)[] {
  const paths = new Map(nodes.map((node) => [node.id, node.type === 'artifact' ? node.path : null]))
  return edges.map(({ from, to, path, role }) => {
    const end = role === 'input' ? from : to
    return end.startsWith('rest:') || paths.get(end) === path ? null : shortened(path)
  })
}

/** A path keeps its end, a command its beginning: that is where each says most. */
function shortened(text: string): string {
  const chars = [...text]
  if (chars.length <= longest) return text
  return text.startsWith('@') ? `${chars.slice(0, longest - 1).join('')}…` : `…${chars.slice(1 - longest).join('')}`
}
