/** Headers that every answer carries. */
import { contentPolicy } from '@roar/web'
import type { App } from './app.ts'

export function addHeaders(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    reply
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('x-frame-options', 'DENY')
      .header('content-security-policy', contentPolicy)
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
    // What one caller may see must not be kept for another.
    if (!reply.hasHeader('cache-control'))
      reply.header('cache-control', request.principal?.account ? 'private, no-cache' : 'no-cache')
    reply.header('vary', 'authorization, cookie, accept, accept-encoding')
    return payload
  })
}
