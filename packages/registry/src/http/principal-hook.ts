/** Every request learns who makes it, before anything else is looked at. */

import { authenticate } from '../identity/authenticate.ts'
import { anonymous } from '../identity/principal.ts'
import type { Registry } from '../registry.ts'
import type { App } from './app.ts'

export function knowPrincipals(app: App, registry: Registry): void {
  app.decorateRequest('principal', null as never)
  app.decorateRequest('bytes', null)
  app.addHook('onRequest', async (request) => {
    request.principal = anonymous
    request.bytes = null
  })
  // Behind the parser: a signature covers the body.
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.config.anybody) return
    // Older clients send nothing where they would send {}. A `null` is something, and wrong.
    if (request.method === 'POST' && request.body === undefined) request.body = {}
    request.principal = await authenticate(registry, request.headers.authorization, () => ({
      method: request.method,
      path: request.url,
      body: request.bytes,
    }))
  })
}
