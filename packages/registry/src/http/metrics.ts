/** Prometheus' view of this process. */

import type { FastifyRequest } from 'fastify'
import { Registry as Collection, Counter, collectDefaultMetrics, Histogram } from 'prom-client'
import type { App } from './app.ts'

export interface Metrics {
  readonly collection: Collection
  readonly published: Counter<'kind'>
  readonly lookups: Counter<'found'>
}

export function measure(app: App): Metrics {
  const collection = new Collection()
  collectDefaultMetrics({ register: collection })
  const requests = new Histogram({
    name: 'roar_registry_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [collection],
  })
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    }
    requests.observe(labels, reply.elapsedTime / 1000)
  })
  return {
    collection,
    published: new Counter({
      name: 'roar_registry_published_total',
      help: 'Rows that registrations have added.',
      labelNames: ['kind'],
      registers: [collection],
    }),
    lookups: new Counter({
      name: 'roar_registry_lookups_total',
      help: 'Digests that were asked for.',
      labelNames: ['found'],
      registers: [collection],
    }),
  }
}

/** Without a token only somebody on this machine may read the metrics, and no proxy on his behalf. */
export function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return request.headers.authorization === `Bearer ${token}`
  const isLocal = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
  return isLocal && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
}
