/**
 * The graph on a canvas, by the distance from which it is looked at: the whole as one picture that is painted once, then nodes and lines of what
 * is in view, then their names and sizes. So a frame costs the same for 200 nodes as for 20,000, and no graphics card is asked for.
 */
import { select } from 'd3-selection'
import { type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import type { Drawing } from '../src/graph/drawn.ts'
import { colours } from './colours.ts'
import { paintNear } from './near.ts'
import { Overview } from './overview.ts'
import { Places } from './places.ts'
import { type View, viewOf } from './view.ts'

/** More than these in view cannot be told apart. */
const mostNodes = 2500
const margin = 24
/** Milliseconds without a movement. */
const rest = 120
const reach = 14

export class Picture {
  readonly #canvas: HTMLCanvasElement
  readonly #drawing: Drawing
  readonly #places: Places
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>
  readonly #listeners: ((node: number) => void)[] = []
  #overview: Overview
  #colours = colours()
  #selected: number | null = null
  #waiting = false
  #moved: ReturnType<typeof setTimeout> | null = null
  /** Frames painted so far. */
  frames = 0

  constructor(stage: HTMLElement, drawing: Drawing) {
    this.#drawing = drawing
    this.#places = new Places(drawing)
    this.#canvas = document.createElement('canvas')
    // Said by the stage.
    this.#canvas.setAttribute('aria-hidden', 'true')
    stage.append(this.#canvas)
    this.#overview = new Overview(drawing, this.#places.bounds, this.#colours)
    this.#zoom = zoom<HTMLCanvasElement, unknown>().on('zoom', () => this.#move())
    this.#listen(stage)
    this.#resize()
    this.fit()
  }

  /** What is under the pointer, or was gone to. */
  onNode(listener: (node: number) => void): void {
    this.#listeners.push(listener)
  }

  /** By a part of what is seen. */
  pan(right: number, down: number): void {
    const { width, height } = this.#canvas.getBoundingClientRect()
    const { k } = zoomTransform(this.#canvas)
    this.#zoom.translateBy(select(this.#canvas), (-right * width) / k, (-down * height) / k)
  }

  zoom(factor: number): void {
    this.#zoom.scaleBy(select(this.#canvas), factor)
  }

  fit(): void {
    const { width, height } = this.#canvas.getBoundingClientRect()
    const { x, y, right, bottom } = this.#places.bounds
    const scale = Math.min((width - 2 * margin) / (right - x), (height - 2 * margin) / (bottom - y), 60)
    this.#zoom.scaleExtent([scale / 2, Math.max(60, scale * 2)])
    const left = (width - scale * (x + right)) / 2
    const top = (height - scale * (y + bottom)) / 2
    this.#zoom.transform(select(this.#canvas), zoomIdentity.translate(left, top).scale(scale))
  }

  goTo(node: number): void {
    this.#selected = node
    const canvas = select(this.#canvas)
    const readable = 16
    if (zoomTransform(this.#canvas).k < readable) this.#zoom.scaleTo(canvas, readable)
    this.#zoom.translateTo(canvas, this.#drawing.x[node] as number, this.#drawing.y[node] as number)
    this.#tell(node)
    this.#later()
  }

  step(by: 1 | -1): void {
    const total = this.#drawing.x.length
    const from = this.#selected ?? (by > 0 ? -1 : total)
    this.goTo((from + by + total) % total)
  }

  open(node: number | null = this.#selected): void {
    const address = node === null ? '' : this.#drawing.addresses[node]
    if (address) location.assign(address)
  }

  #listen(stage: HTMLElement): void {
    select(this.#canvas).call(this.#zoom)
    this.#canvas.addEventListener('click', (event) => this.open(this.#under(event)))
    this.#canvas.addEventListener('pointermove', (event) => {
      const node = this.#under(event)
      this.#canvas.style.cursor = node === null ? 'grab' : 'pointer'
      if (node !== null) this.#tell(node)
    })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#colours = colours()
      this.#overview = new Overview(this.#drawing, this.#places.bounds, this.#colours)
      this.#later()
    })
    new ResizeObserver(() => this.#resize()).observe(stage)
  }

  #under({ offsetX, offsetY }: MouseEvent): number | null {
    const transform = zoomTransform(this.#canvas)
    const [x, y] = transform.invert([offsetX, offsetY])
    return this.#places.near(x, y, reach / transform.k)
  }

  #tell(node: number): void {
    for (const listener of this.#listeners) listener(node)
  }

  #resize(): void {
    const { width, height } = this.#canvas.getBoundingClientRect()
    this.#canvas.width = Math.max(1, Math.round(width * devicePixelRatio))
    this.#canvas.height = Math.max(1, Math.round(height * devicePixelRatio))
    this.#later()
  }

  #move(): void {
    if (this.#moved !== null) clearTimeout(this.#moved)
    this.#moved = setTimeout(() => {
      this.#moved = null
      this.#later()
    }, rest)
    this.#later()
  }

  /** However many reasons there are, one frame. */
  #later(): void {
    if (this.#waiting) return
    this.#waiting = true
    requestAnimationFrame(() => {
      this.#waiting = false
      this.#paint(viewOf(this.#canvas, zoomTransform(this.#canvas)))
    })
  }

  #paint(view: View): void {
    const context = this.#canvas.getContext('2d')
    if (!context) return
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    context.clearRect(0, 0, view.width, view.height)
    const nodes = this.#places.nodesIn(view)
    if (nodes.length > mostNodes) this.#overview.paint(context, view)
    else {
      const seen = { nodes, edges: this.#places.edgesIn(view), isMoving: this.#moved !== null }
      paintNear(context, view, this.#drawing, seen, this.#colours)
    }
    if (this.#selected !== null) ring(context, view, this.#drawing, this.#selected, this.#colours.text)
    this.frames++
  }
}

function ring(context: CanvasRenderingContext2D, view: View, drawing: Drawing, node: number, colour: string): void {
  context.strokeStyle = colour
  context.lineWidth = 2
  context.beginPath()
  context.arc(view.right(drawing.x[node] as number), view.down(drawing.y[node] as number), 12, 0, 2 * Math.PI)
  context.stroke()
}
