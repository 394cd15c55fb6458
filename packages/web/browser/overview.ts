/** The whole graph, painted once: what is looked at from afar is this picture, larger or smaller. */
import type { Drawing } from '../src/graph/drawn.ts'
import type { Colours } from './colours.ts'
import type { Bounds } from './places.ts'
import type { View } from './view.ts'

/** Pixels of the longer side: sharp up to where single nodes take over. */
const most = 3000

export class Overview {
  readonly #picture: OffscreenCanvas
  readonly #bounds: Bounds

  constructor(drawing: Drawing, bounds: Bounds, colours: Colours) {
    this.#bounds = bounds
    const [width, height] = [bounds.right - bounds.x, bounds.bottom - bounds.y]
    const scale = Math.min(most / Math.max(width, height), 24)
    this.#picture = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
    const context = this.#picture.getContext('2d')
    if (!context) return
    context.setTransform(scale, 0, 0, scale, -bounds.x * scale, -bounds.y * scale)
    lines(context, drawing, colours, 0.8 / scale)
    dots(context, drawing, colours, Math.max(0.8, 3 / scale))
  }

  paint(context: CanvasRenderingContext2D, view: View): void {
    const { x, y, right, bottom } = this.#bounds
    context.drawImage(this.#picture, view.right(x), view.down(y), (right - x) * view.scale, (bottom - y) * view.scale)
  }
}

type Context = OffscreenCanvasRenderingContext2D

function lines(context: Context, { x, y, from, to }: Drawing, colours: Colours, width: number): void {
  context.strokeStyle = colours.edge
  context.globalAlpha = 0.35
  context.lineWidth = width
  // One path of all of them takes the rasterizer far longer than many short ones.
  const atOnce = 64
  for (let start = 0; start < from.length; start += atOnce) {
    context.beginPath()
    for (let edge = start; edge < Math.min(start + atOnce, from.length); edge++) {
      const [a, b] = [from[edge] as number, to[edge] as number]
      context.moveTo(x[a] as number, y[a] as number)
      context.lineTo(x[b] as number, y[b] as number)
    }
    context.stroke()
  }
  context.globalAlpha = 1
}

function dots(context: Context, { x, y, kinds, marks }: Drawing, colours: Colours, size: number): void {
  for (let node = 0; node < x.length; node++) {
    // What is marked is seen from afar.
    const large = marks[node] ? size * 2 : size
    context.fillStyle = colours.node(kinds[node] as string, marks[node] as string)
    context.fillRect((x[node] as number) - large / 2, (y[node] as number) - large / 2, large, large)
  }
}
