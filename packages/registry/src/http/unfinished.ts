/** Requests that are still arriving. A server that closes looks after their time no more: Node ends its check with the listening. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Cuts those off whose bodies have not arrived whole, and leaves those that are being answered. */
export type EndUnfinished = () => void

export function unfinishedOf(server: Server): EndUnfinished {
  const underWay = new Set<IncomingMessage>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay.add(request)
    response.once('close', () => underWay.delete(request))
  })
  return () => {
    for (const request of underWay) if (!request.complete) request.destroy()
  }
}
