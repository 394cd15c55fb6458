/** The OpenAPI document, made from the schemas that hold requests to their shape. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { ErrorDocument } from '../api/index.ts'
import type { Settings } from '../registry.ts'
import type { App } from './app.ts'

const schemes = {
  token: { type: 'http', scheme: 'bearer', description: 'From the device flow, or an API token.' },
  ssh: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'Signature keyid="SHA256:…", ts="…", sig="…": made by ssh-keygen -Y sign -n glaas',
  },
} as const

export const describeApi = (settings: Settings): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'GLaaS registry',
      description: 'Where did this file come from, and can it be made again?',
      version: settings.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: settings.publicUrl }],
    // Whoever shows nothing is anonymous, and may do what needs no account.
    security: [{}, { token: [] }, { ssh: [] }],
    components: { securitySchemes: schemes },
  },
  // Every route may refuse; said once, here.
  transform: ({ schema, url }) => {
    if (schema.hide) return { schema, url }
    const response = { '4XX': ErrorDocument, '5XX': ErrorDocument, ...(schema.response as object) }
    return { schema: { ...schema, response }, url }
  },
})

/** Made and written once: no route comes after the first request. */
export function describeRoute(app: App, document: () => unknown): void {
  let text: string | null = null
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    text ??= JSON.stringify(document())
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
