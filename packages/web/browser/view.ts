/** The part of the graph that is seen: from its units to pixels. */
import type { ZoomTransform } from 'd3-zoom'

export interface View {
  readonly width: number
  readonly height: number
  /** Pixels a unit. */
  readonly scale: number
  /** In the graph's units. */
  readonly box: readonly [left: number, top: number, right: number, bottom: number]
  right(x: number): number
  down(y: number): number
}

export function viewOf(canvas: HTMLCanvasElement, transform: ZoomTransform): View {
  const width = canvas.width / devicePixelRatio
  const height = canvas.height / devicePixelRatio
  return {
    width,
    height,
    scale: transform.k,
    box: [...transform.invert([0, 0]), ...transform.invert([width, height])],
    right: (x) => transform.applyX(x),
    down: (y) => transform.applyY(y),
  }
}
