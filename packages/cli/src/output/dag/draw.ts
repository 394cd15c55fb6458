/** Draws a flow in a terminal, top down, each node once, one row a node. */
import type { Flow, FlowFile, FlowJob } from '@roar/core'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'
import { displayWidth } from '../width.ts'
import { cells, Lanes, type Occupant, type Row } from './lanes.ts'

/** Files that lead nowhere, per job, before they are only counted. */
const shownLeaves = 8

export interface DrawLabels {
  job(job: FlowJob): string
  file(file: FlowFile): string
  jobSign(job: FlowJob): string
  fileSign(file: FlowFile): string
}

export function drawFlow(page: Page, flow: Flow, labels: DrawLabels): void {
  new Drawing(page, labels).draw(flow)
}

class Drawing {
  readonly #page: Page
  readonly #labels: DrawLabels
  readonly #lanes = new Lanes()
  readonly #drawn = new Set<FlowFile>()
  readonly #waiting = new Map<FlowFile, number>()

  constructor(page: Page, labels: DrawLabels) {
    this.#page = page
    this.#labels = labels
  }

  draw(flow: Flow): void {
    const shown = new Set(flow.jobs)
    for (const job of flow.jobs) {
      for (const file of [...job.inputs, ...job.outputs])
        this.#waiting.set(file, file.consumers.filter((one) => shown.has(one)).length)
    }
    for (const job of flow.jobs) this.#job(job)
  }

  #job(job: FlowJob): void {
    this.#roots(job)
    const inputs = job.inputs.filter((file) => this.#lanes.columnOf(file) !== -1)
    const joined = new Map(inputs.map((file) => [this.#lanes.columnOf(file), this.#use(file)]))
    const ending = [...joined].filter(([, goesOn]) => !goesOn).map(([column]) => column)
    const column = ending.length > 0 ? Math.min(...ending) : this.#lanes.take(job)
    joined.delete(column)
    this.#row(column, this.#labels.jobSign(job), joined, this.#labels.job(job))
    for (const other of ending) this.#lanes.put(other, null)
    this.#lanes.put(column, job)
    this.#outputs(job, column)
  }

  /** Takes one use off; says whether the lane goes on. */
  #use(file: FlowFile): boolean {
    const left = (this.#waiting.get(file) ?? 1) - 1
    this.#waiting.set(file, left)
    return left > 0
  }

  /** What no job made is drawn just above the first job that uses it. Many files for one job alone are only counted. */
  #roots(job: FlowJob): void {
    const roots = job.inputs.filter((file) => !this.#drawn.has(file))
    const alone = roots.filter((file) => this.#waiting.get(file) === 1)
    const counted = new Set(this.#page.verbosity > 0 ? [] : alone.slice(shownLeaves))
    for (const file of roots) {
      this.#drawn.add(file)
      if (counted.has(file)) continue
      const column = this.#lanes.take(file)
      this.#row(column, this.#labels.fileSign(file), new Map(), this.#labels.file(file))
    }
    if (counted.size === 0) return
    const rest = { rest: counted.size }
    const column = this.#lanes.take(rest)
    this.#row(column, '○', new Map(), this.#faint(`… and ${count(counted.size, 'more input')}`))
    this.#lanes.put(column, null)
  }

  #outputs(job: FlowJob, stem: number): void {
    const fresh = job.outputs.filter((file) => !this.#drawn.has(file))
    for (const file of fresh) this.#drawn.add(file)
    const used = fresh.filter((file) => (this.#waiting.get(file) ?? 0) > 0)
    const leaves = fresh.filter((file) => !used.includes(file))
    const shown = this.#page.verbosity > 0 ? leaves : leaves.slice(0, shownLeaves)
    const hidden = leaves.length - shown.length
    // What leads nowhere comes first: its column is free again at once.
    const nodes = [...shown, ...(hidden > 0 ? [null] : []), ...used]
    for (const [index, file] of nodes.entries()) this.#output(file, hidden, stem, index === nodes.length - 1)
    if (nodes.length === 0) this.#lanes.put(stem, null)
  }

  #output(file: FlowFile | null, hidden: number, stem: number, last: boolean): void {
    const occupant: Occupant = file ?? { hidden }
    if (last) this.#lanes.put(stem, occupant)
    const column = last ? stem : this.#lanes.take(occupant)
    const label = file ? this.#labels.file(file) : this.#faint(`… and ${count(hidden, 'more output')}`)
    this.#row(column, file ? this.#labels.fileSign(file) : '○', last ? new Map() : new Map([[stem, true]]), label)
    if (file === null || (this.#waiting.get(file) ?? 0) === 0) this.#lanes.put(column, null)
  }

  #faint(text: string): string {
    return this.#page.styles.faint(text)
  }

  #row(node: number, sign: string, joined: ReadonlyMap<number, boolean>, label: string): void {
    const passing = new Set<number>()
    for (let column = 0; column < this.#lanes.width; column++) {
      if (column !== node && !joined.has(column) && this.#lanes.isTaken(column)) passing.add(column)
    }
    const row: Row = { node, sign, joined, passing }
    this.#page.fitted(`${fitGraph(cells(row), node, this.#page.columns)} ${label}`)
  }
}

/** A very wide graph leaves room for the label: the middle of the lanes is left out. */
function fitGraph(texts: readonly string[], node: number, columns: number): string {
  const room = Math.max(8, Math.floor((columns - 30) / 2))
  if (texts.length <= room) return texts.join('')
  const first = texts.slice(0, room - 2).join('')
  const cut = node < room - 2 ? first : `${texts.slice(0, room - 3).join('')}…${texts[node]}`
  return displayWidth(cut) < room * 2 ? `${cut}…` : cut
}
