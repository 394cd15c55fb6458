/** Stands between a client and a registry, and cuts the connection at a request that the test names. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Passing {
  readonly method: string
  readonly path: string
  /** From 1. */
  readonly number: number
}

/** `before`: the registry never hears of it; `after`: it has done it, and the answer is lost. */
export type Cut = 'before' | 'after' | null

export class CuttingProxy {
  readonly seen: Passing[] = []
  cut: (passing: Passing) => Cut = () => null
  readonly #target: URL
  readonly #server = createServer((from, to) => this.#pass(from, to))

  constructor(target: string) {
    this.#target = new URL(target)
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #pass(from: IncomingMessage, to: ServerResponse): void {
    const passing = { method: from.method ?? '', path: from.url ?? '', number: this.seen.length + 1 }
    this.seen.push(passing)
    const cut = this.cut(passing)
    if (cut === 'before') {
      from.socket.destroy()
      return
    }
    const { hostname, port } = this.#target
    const onward = request({ hostname, port, method: from.method, path: from.url, headers: from.headers }, (answer) => {
      if (cut === 'after') {
        answer.resume().on('end', () => from.socket.destroy())
        return
      }
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    onward.on('error', () => from.socket.destroy())
    from.pipe(onward)
  }
}
