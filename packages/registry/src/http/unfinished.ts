/**
 * Connections of which nothing is being answered: with a request that is still arriving, with a part of its head, or with nothing yet, as browsers and
 * balancers open them ahead. A server that closes looks after their time no more, since Node ends its check with the listening, and would wait for them.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface Unfinished {
  /** Cuts off those on which nothing has come since they were opened. */
  endSilent(): void
  /** Cuts off all whose request has not arrived whole, and leaves those that are being answered. */
  endAll(): void
}

export function unfinishedOf(server: Server): Unfinished {
  const open = new Set<Socket>()
  const underWay = new Set<IncomingMessage>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay.add(request)
    response.once('close', () => underWay.delete(request))
  })
  return {
    endSilent: () => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    },
    endAll: () => {
      const answered = new Set([...underWay].filter(({ complete }) => complete).map(({ socket }) => socket))
      for (const socket of open) if (!answered.has(socket)) socket.destroy()
    },
  }
}
