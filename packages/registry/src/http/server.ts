/** Puts the server together. */
import { randomBytes } from 'node:crypto'
import compress from '@fastify/compress'
import etag from '@fastify/etag'
import rateLimit from '@fastify/rate-limit'
import type {} from '@fastify/swagger'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyServerOptions } from 'fastify'
import { SignInLimit } from '../identity/sign-in-limit.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { webRoutes } from '../web/routes.ts'
import type { App, Schemas } from './app.ts'
import { answerErrors, refusalOf, send } from './errors.ts'
import { addHeaders } from './headers.ts'
import { parseBodies } from './json-body.ts'
import { measure } from './metrics.ts'
import { refuseNul } from './no-nul.ts'
import { describeApi, describeRoute } from './openapi.ts'
import { knowPrincipals } from './principal-hook.ts'
import { accountRoutes } from './routes/accounts.ts'
import { artifactRoutes } from './routes/artifacts.ts'
import { authRoutes } from './routes/auth.ts'
import { directRoutes } from './routes/direct.ts'
import { fragmentRoutes } from './routes/fragments.ts'
import { jobRoutes } from './routes/jobs.ts'
import { labelRoutes } from './routes/labels.ts'
import { olderRoutes } from './routes/older.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { registrationClaimRoutes } from './routes/registration-claims.ts'
import { registrationLinkRoutes } from './routes/registration-links.ts'
import { registrationRoutes } from './routes/registrations.ts'
import { serviceRoutes } from './routes/service.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { answerUnchanged } from './unchanged.ts'
import { validateAnswers, validateRequests } from './validation.ts'

export interface ServerOptions {
  readonly logger?: FastifyServerOptions['logger']
  /** Believe X-Forwarded-For and X-Forwarded-Proto: only behind a proxy that sets them. */
  readonly trustProxy?: boolean
  readonly metricsToken?: string | null
  /** For tests: an answer that is not as its schema says fails. */
  readonly strictAnswers?: boolean
}

const seconds = 1000
/** A lineage of 66 KB: 0.3 ms and 8.4 KB; at zlib's usual level 1.1 ms and 7.9 KB. */
const quickly = { level: 1, chunkSize: 64 * 1024 }
const acceptableId = /^[A-Za-z0-9_-]{8,64}$/

export async function buildServer(registry: Registry, options: ServerOptions = {}): Promise<App> {
  const { limits } = registry.settings
  const app: App = Fastify({
    logger: options.logger ?? false,
    trustProxy: options.trustProxy ?? false,
    bodyLimit: limits.bodyBytes,
    // A request that trickles in, or an answer that nobody takes, does not hold a connection for long.
    requestTimeout: 60 * seconds,
    connectionTimeout: 120 * seconds,
    keepAliveTimeout: 72 * seconds,
    http: { headersTimeout: 15 * seconds, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    // What is no address at all, before any handler is looked for.
    frameworkErrors: (error, request, reply) => send(request, reply, refusalOf(error, request)),
    genReqId: (request) => {
      const given = String(request.headers['x-request-id'] ?? '')
      return acceptableId.test(given) ? given : randomBytes(12).toString('hex')
    },
  }).withTypeProvider<Schemas>()
  parseBodies(app, limits)
  validateRequests(app)
  if (options.strictAnswers) validateAnswers(app)
  answerErrors(app, registry)
  const metrics = measure(app)
  knowPrincipals(app, registry)
  refuseNul(app)
  addHeaders(app)
  await app.register(etag, { weak: true, replyWith304: false })
  answerUnchanged(app)
  await app.register(compress, { threshold: 1024, zlibOptions: quickly })
  await limitRates(app, limits.requestsPerMinute)
  await app.register(swagger, describeApi(registry.settings))
  await app.register(async (inner) => {
    const routes = inner as App
    serviceRoutes(routes, registry, metrics, options.metricsToken ?? null)
    registrationRoutes(routes, registry, metrics)
    registrationClaimRoutes(routes, registry)
    registrationLinkRoutes(routes, registry)
    artifactRoutes(routes, registry, metrics)
    sessionRoutes(routes, registry)
    directRoutes(routes, registry)
    jobRoutes(routes, registry)
    authRoutes(routes, registry)
    accountRoutes(routes, registry)
    labelRoutes(routes, registry)
    receiptRoutes(routes, registry)
    fragmentRoutes(routes, registry)
    olderRoutes(routes)
    webRoutes(routes, registry, new SignInLimit(limits.signInsPerMinute, () => registry.now()))
    describeRoute(routes, () => app.swagger())
  })
  return app
}

async function limitRates(app: App, perMinute: number): Promise<void> {
  if (perMinute === 0) return
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60 * seconds,
    errorResponseBuilder: (_, { ttl }) =>
      new Refusal('ROAR_REGISTRY_RATE', 'Too many requests from here.', {
        retryAfter: Math.ceil(ttl / seconds),
        remedy: ['Wait as Retry-After says; register and look up in batches.'],
      }),
  })
}
