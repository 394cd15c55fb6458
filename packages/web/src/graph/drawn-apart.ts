/**
 * A drawing as its text. A large graph takes a second of a processor: a thread of its own does it, so that a server answers others meanwhile. So many
 * at once and no more; so many wait; who comes then is told so.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Graph } from '../port.ts'
import { drawing } from './drawing.ts'

type Drawable = Pick<Graph, 'nodes' | 'edges'>

export interface DrawingLimits {
  readonly atOnce: number
  readonly waiting: number
  /** Nodes and edges together: some ms here, where a thread would take longer to begin. */
  readonly small: number
  /** Milliseconds. */
  readonly longest: number
}
const usual: DrawingLimits = { atOnce: 2, waiting: 8, small: 4000, longest: 60_000 }
const megabytes = 512

export class DrawnApart {
  readonly #limits: DrawingLimits
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(limits: Partial<DrawingLimits> = {}) {
    this.#limits = { ...usual, ...limits }
  }

  /** Null: too many are being drawn, or wait to be. */
  async text({ nodes, edges }: Drawable): Promise<string | Buffer | null> {
    if (nodes.length + edges.length <= this.#limits.small) return JSON.stringify(drawing({ nodes, edges }))
    if (this.#running >= this.#limits.atOnce) {
      if (this.#waiting.length >= this.#limits.waiting) return null
      // Who ends hands its place over.
      await new Promise<void>((done) => this.#waiting.push(done))
    } else this.#running++
    try {
      return await inThread({ nodes, edges }, this.#limits.longest)
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}

function inThread(graph: Drawable, longest: number): Promise<Buffer> {
  const resourceLimits = { maxOldGenerationSizeMb: megabytes }
  const worker = new Worker(programAt(), { workerData: graph, resourceLimits, env: {}, execArgv: [] })
  return new Promise<Buffer>((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`A drawing took longer than ${longest} ms.`)), longest)
    worker.once('message', (text: Uint8Array) => done(Buffer.from(text.buffer)))
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`The thread that draws ended with ${code}.`)))
    void worker.once('exit', () => clearTimeout(timer))
  }).finally(() => void worker.terminate())
}

/** As the build made it, from sources as from the bundle: the package knows where it lies. */
const programAt = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@roar/web/package.json')), 'dist/drawing-worker.js')
