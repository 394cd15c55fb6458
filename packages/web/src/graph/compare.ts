/** Two graphs laid over each other: jobs meet by their command, files by their path, in the order in which they occur. */
import type { Graph, GraphEdge, GraphNode, Mark } from '../port.ts'

export interface Comparison {
  /** Both together, what differs marked. */
  readonly union: Graph
  readonly differing: readonly Pair[]
  readonly onlyFirst: readonly GraphNode[]
  readonly onlySecond: readonly GraphNode[]
  readonly same: number
  /** Jobs that used the same and made something else: what explains the rest. */
  readonly apart: readonly GraphNode[]
}
export interface Pair {
  readonly first: GraphNode
  readonly second: GraphNode
}

export function compareGraphs(a: Graph, b: Graph): Comparison {
  const partner = matched(a.nodes, b.nodes)
  const back = new Map([...partner].map(([first, second]) => [second, first]))
  const differs = (first: number): boolean => {
    const second = partner.get(first)
    return second !== undefined && isOther(a.nodes[first] as GraphNode, b.nodes[second] as GraphNode)
  }
  const alone = b.nodes.flatMap((node, at) => (back.has(at) ? [] : [{ node, at }]))
  const placeOf = new Map(alone.map(({ at }, place) => [at, a.nodes.length + place]))
  const nodes = [
    ...a.nodes.map((node, at) => marked(node, partner.has(at) ? (differs(at) ? 'changed' : null) : 'first')),
    ...alone.map(({ node }) => marked(node, 'second')),
  ]
  const second = (at: number): number => back.get(at) ?? (placeOf.get(at) as number)
  const edges = joined(
    a.edges,
    b.edges.map((edge) => ({ ...edge, from: second(edge.from), to: second(edge.to) })),
  )
  const pairs = [...partner].filter(([first]) => differs(first))
  return {
    union: {
      name: `${a.name} ${b.name}`,
      title: 'Comparison',
      facts: [],
      nodes,
      edges,
      cut: a.cut ?? b.cut,
    },
    differing: pairs.map(([x, y]) => ({ first: a.nodes[x] as GraphNode, second: b.nodes[y] as GraphNode })),
    onlyFirst: a.nodes.filter((_, at) => !partner.has(at)),
    onlySecond: alone.map(({ node }) => node),
    same: partner.size - pairs.length,
    apart: wentApart(nodes, edges),
  }
}

const isOther = (first: GraphNode, second: GraphNode): boolean =>
  first.kind === 'job' ? first.label !== second.label : first.target !== second.target

function matched(first: readonly GraphNode[], second: readonly GraphNode[]): Map<number, number> {
  const partner = pairsBy(first, second, ({ kind, label }) => `${kind} ${label}`, new Map())
  // What ran with other arguments at the same step is the same job, changed.
  return pairsBy(
    first,
    second,
    ({ kind, step, label }) => (kind === 'job' ? `${step} ${label.split(' ')[0]}` : null),
    partner,
  )
}

function pairsBy(
  first: readonly GraphNode[],
  second: readonly GraphNode[],
  key: (node: GraphNode) => string | null,
  partner: Map<number, number>,
): Map<number, number> {
  const taken = new Set(partner.values())
  const waiting = new Map<string, number[]>()
  for (const [at, node] of second.entries()) {
    const name = taken.has(at) ? null : key(node)
    if (name !== null) waiting.set(name, [...(waiting.get(name) ?? []), at])
  }
  for (const list of waiting.values()) list.reverse()
  for (const [at, node] of first.entries()) {
    const name = partner.has(at) ? null : key(node)
    const found = name === null ? undefined : waiting.get(name)?.pop()
    if (found !== undefined) partner.set(at, found)
  }
  return partner
}

const marked = (node: GraphNode, mark: Mark | null): GraphNode =>
  mark === null ? node : { ...node, marks: [mark, ...node.marks] }

function joined(first: readonly GraphEdge[], second: readonly GraphEdge[]): GraphEdge[] {
  const edges = new Map<string, GraphEdge>()
  for (const edge of [...first, ...second]) edges.set(`${edge.from} ${edge.to}`, edge)
  return [...edges.values()]
}

const apartMarks: readonly Mark[] = ['changed', 'first', 'second']
const isApart = (node: GraphNode | undefined): boolean => apartMarks.some((mark) => node?.marks.includes(mark))

function wentApart(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const inputs = new Set<number>()
  const outputs = new Set<number>()
  for (const { from, to } of edges) {
    if (nodes[to]?.kind === 'job' && isApart(nodes[from])) inputs.add(to)
    if (nodes[from]?.kind === 'job' && isApart(nodes[to])) outputs.add(from)
  }
  return nodes.filter((node, at) => node.kind === 'job' && !inputs.has(at) && (outputs.has(at) || isApart(node)))
}
