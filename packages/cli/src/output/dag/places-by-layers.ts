/** A very large picture: layers from left to right, in the order that the pages draw them in, worked out in linear time. */
import { loadPages } from '../../ui/load-pages.ts'
import type { Picture } from './picture.ts'
import { margin, nodeHeight, type Place, type Places, type Point } from './place.ts'

const between = { columns: 80, rows: 10 }

export async function placesByLayers({ nodes, edges }: Picture, widths: readonly number[]): Promise<Places> {
  const { layered, columnGap, rowGap } = await loadPages()
  const indexes = new Map(nodes.map((node, index) => [node.id, index]))
  const ends = edges.map(({ from, to }) => ({ from: indexes.get(from) as number, to: indexes.get(to) as number }))
  const { x, y } = layered({ nodes, edges: ends })
  const widest = most(widths)
  const column = (widest + between.columns) / columnGap
  const row = (nodeHeight + between.rows) / rowGap
  const top = margin + nodeHeight / 2 - row * least(y)
  const at = (node: number): Place => ({
    x: margin + widest / 2 + column * (x[node] as number),
    y: top + row * (y[node] as number),
    width: widths[node] as number,
  })
  const placed = nodes.map((_, node) => at(node))
  return {
    width: most(placed.map((place) => place.x)) + widest / 2 + margin,
    height: most(placed.map((place) => place.y)) + nodeHeight / 2 + margin,
    nodes: placed,
    edges: ends.map(({ from, to }) => line(placed[from] as Place, placed[to] as Place)),
  }
}

/** From side to side; what goes back goes back. */
const line = (from: Place, to: Place): readonly Point[] => [
  { x: from.x + from.width / 2, y: from.y },
  { x: to.x - to.width / 2, y: to.y },
]

// Too many for the arguments of Math.max.
const most = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.max(one, other), 0)
const least = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.min(one, other), 0)
