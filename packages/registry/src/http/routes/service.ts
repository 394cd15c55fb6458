/** What the server says of itself: health, readiness, metrics, its own description. */
import { Type } from 'typebox'
import { Health } from '../../api/index.ts'
import type { Database } from '../../database/database.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import type { App } from '../app.ts'
import { type Metrics, mayReadMetrics } from '../metrics.ts'

export function serviceRoutes(app: App, registry: Registry, metrics: Metrics, metricsToken: string | null): void {
  const { settings } = registry
  const health = {
    version: settings.version,
    api: 'v1' as const,
    features: {
      registration_sessions: { anonymous_public: true, finalize_server_authoritative_hash: true },
      private_scopes: true,
      member_lists: true,
      receipts: true,
      signup: settings.signup,
      login: ['password', ...settings.providers.map((one) => one.name)],
    },
    limits: {
      body_bytes: settings.limits.bodyBytes,
      batch_items: settings.limits.batchItems,
      lineage_nodes: settings.limits.lineageNodes,
      json_depth: settings.limits.jsonDepth,
      json_names: settings.limits.jsonNames,
    },
  }
  app.get('/api/v1/health', { schema: { tags: ['service'], response: { 200: Health } } }, async () => ({
    status: 'healthy' as const,
    ...health,
  }))
  // Alive: this process answers. Ready: it can also reach its database.
  app.get('/healthz', { schema: { hide: true }, config: { anybody: true } }, async () => ({ status: 'alive' }))
  app.get('/readyz', { schema: { hide: true }, config: { anybody: true } }, async () => {
    if (!(await answers(registry.database)))
      throw new Refusal('ROAR_REGISTRY_UNAVAILABLE', 'The database does not answer.', { retryAfter: 5 })
    return { status: 'ready' }
  })
  app.get(
    '/metrics',
    { schema: { hide: true, response: { 200: Type.String() } }, config: { anybody: true } },
    async (request, reply) => {
      if (!mayReadMetrics(request, metricsToken))
        throw new Refusal('ROAR_REGISTRY_NOT_FOUND', 'There is nothing at this address.')
      return reply
        .type(metrics.collection.contentType)
        .serializer(String)
        .send(await metrics.collection.metrics())
    },
  )
}

async function answers({ read }: Database): Promise<boolean> {
  try {
    await read.selectFrom('facts').select('name').limit(1).execute()
    return true
  } catch {
    return false
  }
}
