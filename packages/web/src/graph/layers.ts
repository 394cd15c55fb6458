/**
 * A layered layout in time linear in nodes and edges: a layer for each step away from the sources, nodes of a layer in the order of their
 * neighbours, layers that are too tall in several columns. Libraries for this draw some hundred nodes more
 * beautifully and take minutes for 20,000: docs/decisions/0021-pages-and-their-drawings.md.
 */

/** Edges name their ends by place in `nodes`. */
export interface GraphShape {
  readonly nodes: readonly unknown[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

export interface Layout {
  /** By node; to the right and down. */
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** The least distance of two layers. */
export const columnGap = 12
/** The least in which a line of text fits; more where a graph is far longer than high, so that it does not look like a thread. */
export const rowGap = 2
const widestRowGap = 8
const shape = 2.5
const sweeps = 4

export function layered(graph: GraphShape): Layout {
  const links = neighbours(graph)
  const layers = grouped(layersOf(links))
  for (let round = 0; round < sweeps; round++) sweep(layers, links, round % 2 === 0)
  return placed(layers, graph.nodes.length)
}

interface Links {
  readonly before: readonly (readonly number[])[]
  readonly after: readonly (readonly number[])[]
}

function neighbours({ nodes, edges }: GraphShape): Links {
  const before: number[][] = nodes.map(() => [])
  const after: number[][] = nodes.map(() => [])
  for (const { from, to } of edges) {
    if (from === to) continue
    after[from]?.push(to)
    before[to]?.push(from)
  }
  return { before, after }
}

/** Longest way from a source. What goes round in a circle is entered at its first node; a source stands just before who uses it first. */
function layersOf({ before, after }: Links): number[] {
  const layer = before.map(() => 0)
  const missing = before.map((list) => list.length)
  const queued = missing.map((number) => number === 0)
  const ready = missing.flatMap((number, node) => (number === 0 ? [node] : []))
  let next = 0
  for (let seen = 0; seen < before.length; seen++) {
    if (ready.length <= seen) {
      while (queued[next]) next++
      queued[next] = true
      ready.push(next)
    }
    const node = ready[seen] as number
    for (const other of after[node] as readonly number[]) {
      // One that a circle let in early stays where it is.
      if (queued[other]) continue
      layer[other] = Math.max(layer[other] as number, (layer[node] as number) + 1)
      missing[other] = (missing[other] as number) - 1
      if (missing[other] === 0) queued[other] = ready.push(other) > 0
    }
  }
  return layer.map((own, node) => {
    const users = after[node] as readonly number[]
    if ((before[node] as readonly number[]).length > 0 || users.length === 0) return own
    return users.reduce((least, user) => Math.min(least, layer[user] as number), Number.POSITIVE_INFINITY) - 1
  })
}

function grouped(layer: readonly number[]): number[][] {
  const deepest = layer.reduce((most, one) => Math.max(most, one), 0)
  const layers: number[][] = Array.from({ length: deepest + 1 }, () => [])
  for (const [node, at] of layer.entries()) layers[Math.max(0, at)]?.push(node)
  return layers
}

/** Nodes of a layer stand where their neighbours on one side are on the average. */
function sweep(layers: readonly number[][], { before, after }: Links, forward: boolean): void {
  const place = new Map<number, number>()
  for (const layer of layers) for (const [at, node] of layer.entries()) place.set(node, at / layer.length)
  const sides = forward ? before : after
  for (const layer of forward ? layers : layers.toReversed()) {
    const wish = new Map(
      layer.map((node) => [node, average(sides[node] as readonly number[], place) ?? place.get(node) ?? 0]),
    )
    layer.sort((a, b) => (wish.get(a) as number) - (wish.get(b) as number) || a - b)
    for (const [at, node] of layer.entries()) place.set(node, at / layer.length)
  }
}

function average(nodes: readonly number[], place: ReadonlyMap<number, number>): number | null {
  if (nodes.length === 0) return null
  return nodes.reduce((sum, node) => sum + (place.get(node) ?? 0), 0) / nodes.length
}

function placed(layers: readonly (readonly number[])[], total: number): Layout {
  const x = new Array<number>(total).fill(0)
  const y = new Array<number>(total).fill(0)
  const tallest = Math.max(24, Math.ceil(Math.sqrt(total) * shape))
  const gap = rowGapOf(layers, tallest)
  let column = 0
  for (const layer of layers) {
    const columns = Math.max(1, Math.ceil(layer.length / tallest))
    const rows = Math.ceil(layer.length / columns)
    for (const [at, node] of layer.entries()) {
      x[node] = (column + (at % columns)) * columnGap
      y[node] = (Math.floor(at / columns) - (rows - 1) / 2) * gap
    }
    column += columns
  }
  return { x, y }
}

function rowGapOf(layers: readonly (readonly number[])[], tallest: number): number {
  const highest = layers.reduce((most, layer) => Math.max(most, Math.min(layer.length, tallest)), 1)
  return Math.min(widestRowGap, Math.max(rowGap, (layers.length * columnGap) / shape / highest))
}
