/** One line for a node, in drawings for other programs. */
import type { DagNode } from '@roar/core'
import { namedCommand } from '../command-line.ts'

const longest = 60

export function nodeText(node: DagNode): string {
  const text = node.type === 'job' ? `${node.step} ${namedCommand(node)}` : node.path
  const marks = [...(node.stale ? ['stale'] : []), ...(node.dirty && node.type === 'job' ? ['dirty'] : [])]
  return shortened(text) + (marks.length > 0 ? ` [${marks.join(', ')}]` : '')
}

/** A path keeps its end, a command its beginning: that is where each says most. */
function shortened(text: string): string {
  const chars = [...text]
  if (chars.length <= longest) return text
  return text.startsWith('@') ? `${chars.slice(0, longest - 1).join('')}…` : `…${chars.slice(1 - longest).join('')}`
}
