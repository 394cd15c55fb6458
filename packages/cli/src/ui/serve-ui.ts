/** Serves the pages of a workspace on loopback until a signal. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { RoarError } from '@roar/core'
import type { PageRoom } from '@roar/web'
import type { Services } from '../composition/services.ts'
import { Gate, type Verdict } from './gate.ts'
import { loadPages } from './load-pages.ts'
import { openBrowser } from './open-browser.ts'

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

export interface UiDocument {
  readonly schema: 'roar.ui/1'
  /** Opens the pages, once. */
  readonly url: string
  readonly pid: number
}

export async function serveUi(
  services: Services,
  options: { readonly port: string; readonly open: boolean },
  listening: (document: UiDocument) => void,
): Promise<void> {
  const pages = await loadPages()
  const { root } = await services.get('workspace')
  const store = await services.get('storeReader')
  const name = basename(root)
  const room: PageRoom = {
    source: new pages.LocalSource(store),
    site: { name },
    home: { title: `Lineage of ${name}`, extra: null },
  }
  const stopped = new Promise<void>((done) => {
    for (const signal of signals) process.once(signal, () => done())
  })
  const { server, gate, port } = await listen(
    options.port,
    (gate) => (request, response) => answer(gate, pages, room, request, response),
  )
  const url = `http://127.0.0.1:${port}${gate().entrance}`
  const forget = options.open ? openBrowser(url, process.env) : () => {}
  listening({ schema: 'roar.ui/1', url, pid: process.pid })
  await stopped
  forget()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The gate knows its port, which is known once it listens. */
async function listen(text: string, handler: (gate: Gate) => Handler) {
  const wanted = portOf(text)
  let gate: Gate | null = null
  const known = (): Gate => {
    if (!gate) throw new Error('asked before it listens')
    return gate
  }
  const server: Server = createServer((request, response) => handler(known())(request, response))
  await new Promise<void>((done, fail) => server.once('error', fail).listen(wanted, '127.0.0.1', done)).catch(
    (error) => {
      throw new RoarError('ROAR_USAGE', `Port ${wanted} cannot be listened at.`, {
        cause: String(error.message),
        exitCode: 2,
        remedy: ['roar ui takes a free port'],
      })
    },
  )
  const { port } = server.address() as AddressInfo
  gate = new Gate(port)
  return { server, gate: known, port }
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new RoarError('ROAR_USAGE', `'${text}' is no port.`, { exitCode: 2, remedy: ['roar ui --port 8724'] })
}

type Pages = Awaited<ReturnType<typeof loadPages>>

function answer(gate: Gate, pages: Pages, room: PageRoom, request: IncomingMessage, response: ServerResponse): void {
  const verdict = gate.judge(request)
  response.setHeader('content-security-policy', pages.contentPolicy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')
  if (verdict.is !== 'in') {
    turnAway(verdict, response)
    return
  }
  pages.respond(room, request.url ?? '/').then(
    ({ status, type, body, retryAfter }) => {
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
      response.writeHead(status, { 'content-type': type }).end(body)
    },
    (error) => {
      const text = `The record could not be read: ${error instanceof Error ? error.message : String(error)}\n`
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
    },
  )
}

function turnAway(verdict: Exclude<Verdict, { is: 'in' }>, response: ServerResponse): void {
  if (verdict.is === 'entered') response.writeHead(303, { location: '/', 'set-cookie': verdict.cookie }).end()
  else response.writeHead(verdict.status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${verdict.why}\n`)
}
