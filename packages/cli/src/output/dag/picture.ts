/** A graph for a picture: of artifacts that the same jobs make and use, the first few and one node for the rest. */
import type { ArtifactNode, DagDocument, DagNode } from '@roar/core'
import { count } from '../humane.ts'
import { mostly } from './crowds.ts'

export type Picture = Pick<DagDocument, 'edges'> & { readonly nodes: readonly DagNode[] }

export function picture({ nodes, edges }: DagDocument): Picture {
  const crowds = crowdsOf(nodes, neighbours(edges)).filter((crowd) => crowd.length > mostly + 1)
  const hidden = new Set(crowds.flatMap((crowd) => crowd.slice(mostly + 1)).map((node) => node.id))
  const rests = new Map(crowds.map((crowd) => [crowd[mostly]?.id ?? '', crowd.length - mostly]))
  const name = (id: string) => (rests.has(id) ? `rest:${id}` : id)
  return {
    nodes: nodes
      .filter((node) => !hidden.has(node.id))
      .map((node) => (node.type === 'artifact' && rests.has(node.id) ? rest(node, rests.get(node.id) ?? 0) : node)),
    edges: edges
      .filter((edge) => !hidden.has(edge.from) && !hidden.has(edge.to))
      .map((edge) => ({ ...edge, from: name(edge.from), to: name(edge.to) })),
  }
}

const rest = (node: ArtifactNode, files: number): ArtifactNode => {
  const path = `… and ${count(files, 'more file')}`
  return { ...node, id: `rest:${node.id}`, path, paths: [path] }
}

/** Alike is also what is marked alike. */
function crowdsOf(nodes: readonly DagNode[], neighbours: ReadonlyMap<string, string>): ArtifactNode[][] {
  const crowds = new Map<string, ArtifactNode[]>()
  for (const node of nodes) {
    if (node.type !== 'artifact') continue
    const key = `${node.stale} ${node.superseded}${neighbours.get(node.id) ?? ''}`
    const known = crowds.get(key)
    if (known) known.push(node)
    else crowds.set(key, [node])
  }
  return [...crowds.values()]
}

/** Of an artifact: the jobs before and behind it, as a word. */
function neighbours(edges: DagDocument['edges']): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const { from, to, role } of edges) {
    const [artifact, word] = role === 'input' ? [from, ` >${to}`] : [to, ` ${from}>`]
    words.set(artifact, (words.get(artifact) ?? '') + word)
  }
  return words
}
