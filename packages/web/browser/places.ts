/** Where everything is: which nodes and lines are in view, and what is under the pointer. */
import Flatbush from 'flatbush'
import type { Drawing } from '../src/graph/drawn.ts'
import type { View } from './view.ts'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}

export class Places {
  readonly bounds: Bounds
  readonly #nodes: Flatbush
  readonly #edges: Flatbush | null

  constructor({ x, y, from, to }: Drawing) {
    this.#nodes = new Flatbush(x.length)
    x.forEach((right, node) => void this.#nodes.add(right, y[node] as number))
    this.#nodes.finish()
    this.#edges = from.length > 0 ? new Flatbush(from.length) : null
    from.forEach((start, edge) => {
      const end = to[edge] as number
      const [ax, ay, bx, by] = [x[start], y[start], x[end], y[end]] as [number, number, number, number]
      this.#edges?.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    })
    this.#edges?.finish()
    const { minX, minY, maxX, maxY } = this.#nodes
    // To the right stands a name; and a single node, or one row of them, has a size too.
    this.bounds = { x: minX - 4, y: minY - 2, right: maxX + 12, bottom: maxY + 2 }
  }

  nodesIn({ box }: View): readonly number[] {
    return this.#nodes.search(box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1)
  }

  edgesIn({ box }: View): readonly number[] {
    return this.#edges?.search(...box) ?? []
  }

  near(x: number, y: number, within: number): number | null {
    return this.#nodes.neighbors(x, y, 1, within)[0] ?? null
  }
}
