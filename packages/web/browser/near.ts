/** What is in view, from near: nodes and lines, and where there is room their names and sizes. */
import type { Drawing } from '../src/graph/drawn.ts'
import type { Colours } from './colours.ts'
import type { View } from './view.ts'

export interface Seen {
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
  readonly isMoving: boolean
}

/** Rows are two units apart: from here on a line of text fits between them. */
const namesFrom = 7
const sizesFrom = 12
/** Lines that only pass through are left out beyond this. */
const mostLines = 4000
/** While it moves a frame has no time for more: 4,000 curves took 200 ms. At rest all are there again. */
const mostWhileMoving = 1000
/** Pixels of a column, of which a name leaves some for the lines. */
const letter = 6.2

export function paintNear(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  seen: Seen,
  colours: Colours,
): void {
  const touching = touchingOf(drawing, seen)
  lines(context, view, drawing, linesOf(seen, touching), colours)
  for (const node of seen.nodes) shape(context, view, drawing, node, colours)
  if (view.scale >= sizesFrom) sizes(context, view, drawing, touching, colours)
  if (view.scale >= namesFrom) names(context, view, drawing, seen.nodes, colours)
}

function touchingOf({ from, to }: Drawing, seen: Seen): readonly number[] {
  const nodes = new Set(seen.nodes)
  return seen.edges.filter((edge) => nodes.has(from[edge] as number) || nodes.has(to[edge] as number))
}

/** Of too many every second, third and so on: which ones stays the same from frame to frame, so that nothing flickers. */
export function linesOf({ edges, isMoving }: Seen, touching: readonly number[]): readonly number[] {
  const all = edges.length <= mostLines ? edges : touching
  if (!isMoving || all.length <= mostWhileMoving) return all
  const each = Math.ceil(all.length / mostWhileMoving)
  return all.filter((edge) => edge % each === 0).slice(0, mostWhileMoving)
}

/** By width: as few strokes as there are widths. */
function lines(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  edges: readonly number[],
  colours: Colours,
): void {
  context.strokeStyle = colours.edge
  const byWidth = new Map<number, number[]>()
  for (const edge of edges) {
    const width = Math.round(drawing.widths[edge] as number)
    const some = byWidth.get(width)
    if (some) some.push(edge)
    else byWidth.set(width, [edge])
  }
  for (const [width, some] of byWidth) {
    context.lineWidth = width * Math.min(1, view.scale / 8)
    for (const edge of some) line(context, view, drawing, edge)
  }
}

function line(context: CanvasRenderingContext2D, view: View, { x, y, from, to }: Drawing, edge: number): void {
  const [a, b] = [from[edge] as number, to[edge] as number]
  const [ax, ay] = [view.right(x[a] as number), view.down(y[a] as number)]
  const [bx, by] = [view.right(x[b] as number), view.down(y[b] as number)]
  const middle = (ax + bx) / 2
  context.beginPath()
  context.moveTo(ax, ay)
  context.bezierCurveTo(middle, ay, middle, by, bx, by)
  context.stroke()
}

function shape(
  context: CanvasRenderingContext2D,
  view: View,
  { x, y, kinds, marks }: Drawing,
  node: number,
  colours: Colours,
): void {
  const [right, down] = [view.right(x[node] as number), view.down(y[node] as number)]
  const half = Math.max(2, Math.min(7, view.scale * 0.6))
  context.fillStyle = colours.node(kinds[node] as string, marks[node] as string)
  context.beginPath()
  if (kinds[node] === 'j') context.rect(right - half, down - half, 2 * half, 2 * half)
  else context.arc(right, down, half, 0, 2 * Math.PI)
  context.fill()
}

function names(
  context: CanvasRenderingContext2D,
  view: View,
  { x, y, labels }: Drawing,
  nodes: readonly number[],
  colours: Colours,
): void {
  context.font = '12px system-ui, sans-serif'
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const room = Math.floor((view.scale * 11) / letter)
  for (const node of nodes) {
    const text = labels[node] as string
    const cut = text.length <= room ? text : `${text.slice(0, Math.max(3, room - 1))}…`
    outlined(context, cut, view.right(x[node] as number) + 10, view.down(y[node] as number), colours)
  }
}

function sizes(
  context: CanvasRenderingContext2D,
  view: View,
  { x, y, from, to, sizes: texts }: Drawing,
  edges: readonly number[],
  colours: Colours,
): void {
  context.font = '10px system-ui, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'bottom'
  for (const edge of edges) {
    const [a, b] = [from[edge] as number, to[edge] as number]
    // Closer to the file's end, where lines of one job stand apart; never where the name of the first is.
    const at = 0.8
    const right = view.right((x[a] as number) * (1 - at) + (x[b] as number) * at)
    const down = view.down((y[a] as number) * 0.1 + (y[b] as number) * 0.9)
    if (texts[edge]) outlined(context, texts[edge] as string, right, down, colours)
  }
}

/** Legible over lines. */
function outlined(context: CanvasRenderingContext2D, text: string, x: number, y: number, colours: Colours): void {
  context.strokeStyle = colours.ground
  context.lineWidth = 3
  context.lineJoin = 'round'
  context.strokeText(text, x, y)
  context.fillStyle = colours.text
  context.fillText(text, x, y)
}
