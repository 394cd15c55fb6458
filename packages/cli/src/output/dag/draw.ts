/** Draws a flow in a terminal, top down, each node once, one row a node. */
import type { Flow, FlowFile, FlowJob } from '@roar/core'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'
import { displayWidth } from '../width.ts'
import { type Drawn, isRest, type Rest, restOfCrowds } from './crowds.ts'
import { Cells, Lanes } from './lanes.ts'

/** Lanes beside each other before the middle is left out, where no terminal sets a width. */
const mostLanes = 100

export interface DrawLabels {
  job(job: FlowJob): string
  file(file: FlowFile): string
  jobSign(job: FlowJob): string
  fileSign(file: FlowFile): string
}

export function drawFlow(page: Page, flow: Flow, labels: DrawLabels): void {
  new Drawing(page, labels, flow).draw()
}

class Drawing {
  readonly #page: Page
  readonly #labels: DrawLabels
  readonly #lanes = new Lanes()
  readonly #drawn = new Set<Drawn>()
  readonly #waiting = new Map<Drawn, number>()
  readonly #flow: Flow
  readonly #crowds: ReadonlyMap<FlowFile, Rest>

  constructor(page: Page, labels: DrawLabels, flow: Flow) {
    this.#page = page
    this.#labels = labels
    this.#flow = flow
    this.#crowds = restOfCrowds(flow, page.verbosity > 0)
  }

  draw(): void {
    for (const job of this.#flow.jobs) this.#job(job)
  }

  #nodes(files: ReadonlySet<FlowFile>): Drawn[] {
    return [...new Set<Drawn>(Array.from(files, (file) => this.#crowds.get(file) ?? file))]
  }

  #job(job: FlowJob): void {
    const inputs = this.#nodes(job.inputs)
    // What no job made is drawn just above the first job that uses it.
    for (const root of this.#fresh(inputs)) this.#node(root, this.#lanes.take(root))
    const held = inputs.filter((node) => this.#lanes.columnOf(node) !== -1)
    const joined = new Map(held.map((node) => [this.#lanes.columnOf(node), this.#use(node)]))
    const ending = [...joined].filter(([, goesOn]) => !goesOn).map(([column]) => column)
    const column = ending.length > 0 ? ending.reduce((one, other) => Math.min(one, other)) : this.#lanes.take(job)
    joined.delete(column)
    this.#row(column, this.#labels.jobSign(job), joined, this.#labels.job(job))
    for (const other of ending) this.#lanes.put(other, null)
    this.#lanes.put(column, job)
    this.#outputs(job, column)
  }

  /** Those that are not yet drawn; they are from now on. */
  #fresh(nodes: readonly Drawn[]): readonly Drawn[] {
    const fresh = nodes.filter((node) => !this.#drawn.has(node))
    for (const node of fresh) this.#drawn.add(node)
    return fresh
  }

  #left(node: Drawn): number {
    return this.#waiting.get(node) ?? node.consumers.size
  }

  /** Takes one use off; says whether the lane goes on. */
  #use(node: Drawn): boolean {
    const left = this.#left(node) - 1
    this.#waiting.set(node, left)
    return left > 0
  }

  #outputs(job: FlowJob, stem: number): void {
    const fresh = this.#fresh(this.#nodes(job.outputs))
    // What leads nowhere comes first: its column is free again at once.
    const leaves = fresh.filter((node) => this.#left(node) === 0)
    const used = fresh.filter((node) => this.#left(node) > 0)
    const nodes = [...leaves, ...used]
    for (const [index, node] of nodes.entries()) this.#output(node, stem, index === nodes.length - 1)
    if (nodes.length === 0) this.#lanes.put(stem, null)
  }

  #output(node: Drawn, stem: number, last: boolean): void {
    if (last) this.#lanes.put(stem, node)
    const column = last ? stem : this.#lanes.take(node)
    this.#node(node, column, last ? new Map() : new Map([[stem, true]]))
    if (this.#left(node) === 0) this.#lanes.put(column, null)
  }

  #node(node: Drawn, column: number, joined: ReadonlyMap<number, boolean> = new Map()): void {
    if (isRest(node)) this.#row(column, '○', joined, this.#page.styles.faint(`… and ${count(node.count, kind(node))}`))
    else this.#row(column, this.#labels.fileSign(node), joined, this.#labels.file(node))
  }

  #row(node: number, sign: string, joined: ReadonlyMap<number, boolean>, label: string): void {
    const cells = new Cells({ node, sign, joined }, this.#lanes)
    this.#page.fitted(`${fitGraph(cells, node, this.#page.columns)} ${label}`)
  }
}

function kind({ producers, consumers }: Rest): string {
  if (producers.size === 0) return 'more input'
  return consumers.size === 0 ? 'more output' : 'more file'
}

/** A very wide graph leaves room for the label: the middle of the lanes is left out. */
function fitGraph(cells: Cells, node: number, columns: number): string {
  const room = Number.isFinite(columns) ? Math.max(8, Math.floor((columns - 30) / 2)) : mostLanes
  if (cells.width <= room) return cells.first(cells.width)
  const cut = node < room - 2 ? cells.first(room - 2) : `${cells.first(room - 3)}…${cells.at(node)}`
  return displayWidth(cut) < room * 2 ? `${cut}…` : cut
}
