/** A proxy that does to a connection what networks and servers do: cut it, answer 500, wait, falsify a byte. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'

export type Fault =
  /** The answer breaks off after so many bytes of its body. */
  | { readonly is: 'cut'; readonly after: number }
  /** The connection breaks before the request has arrived. */
  | { readonly is: 'refuse' }
  | { readonly is: 'status'; readonly code: number }
  | { readonly is: 'slow'; readonly ms: number }
  | { readonly is: 'falsify' }
  /** What is sent arrives with another first byte. */
  | { readonly is: 'falsify-request' }
  /** It is done, and the connection breaks before the answer. */
  | { readonly is: 'lose-answer' }

export interface Seen {
  readonly method: string
  readonly url: string
}

export class FaultProxy {
  readonly seen: Seen[] = []
  /** What happens to a request; null: nothing. */
  plan: (seen: Seen) => Fault | null = () => null
  readonly #server: Server
  readonly #target: number

  constructor(target: number) {
    this.#target = target
    this.#server = createServer((asked, answer) => void this.#serve(asked, answer))
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as { port: number }).port
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** The first `times` requests that match meet the fault. */
  disturb(times: number, matches: (seen: Seen) => boolean, fault: Fault): void {
    let left = times
    this.plan = (seen) => (matches(seen) && left-- > 0 ? fault : null)
  }

  calm(): void {
    this.plan = () => null
    this.seen.length = 0
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const seen = { method: asked.method ?? '', url: asked.url ?? '' }
    this.seen.push(seen)
    const fault = this.plan(seen)
    if (fault?.is === 'refuse') return void asked.socket.destroy()
    if (fault?.is === 'status') {
      asked.resume()
      answer.writeHead(fault.code, { connection: 'close' }).end()
      return
    }
    if (fault?.is === 'slow') await setTimeout(fault.ms)
    const { method, headers } = asked
    const onward = request({ host: '127.0.0.1', port: this.#target, path: asked.url, method, headers }, (found) => {
      if (fault?.is === 'lose-answer') return void found.resume().on('end', () => asked.socket.destroy())
      answer.writeHead(found.statusCode ?? 500, found.headers)
      pass(found, answer, fault)
    })
    onward.on('error', () => answer.destroy())
    if (fault?.is === 'falsify-request')
      asked.once('data', (chunk: Buffer) => chunk.writeUInt8((chunk[0] as number) ^ 1))
    asked.pipe(onward)
  }
}

function pass(found: IncomingMessage, answer: ServerResponse, fault: Fault | null): void {
  let passed = 0
  found.on('data', (chunk: Buffer) => {
    if (fault?.is === 'falsify' && passed === 0) chunk[0] = (chunk[0] as number) ^ 1
    passed += chunk.length
    answer.write(chunk)
    if (fault?.is === 'cut' && passed > fault.after) answer.destroy()
  })
  found.on('end', () => answer.end())
  found.on('error', () => answer.destroy())
}
