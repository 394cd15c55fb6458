/** Whatever goes wrong becomes one kind of document. What we did not foresee says nothing of our inside, but leads to the log. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorDocument } from '../api/index.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { sendRefusalPage } from '../web/refusal-page.ts'
import type { App } from './app.ts'
import { otherMethods } from './other-methods.ts'

export function answerErrors(app: App, registry: Registry): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) =>
    wantsPage(request) ? sendRefusalPage(registry, request, reply, refusal) : send(request, reply, refusal)
  app.setErrorHandler((error: FastifyError, request, reply) => answer(request, reply, refusalOf(error, request)))
  const askOthers = otherMethods(app)
  app.setNotFoundHandler((request, reply) => {
    const other = askOthers(request, reply)
    if (other === 'told') return reply.code(204).send()
    if (other) return answer(request, reply, other)
    const refusal = new Refusal('ROAR_REGISTRY_NOT_FOUND', 'There is nothing at this address.', {
      remedy: ['GET /api/v1/openapi.json lists what there is.'],
    })
    return answer(request, reply, refusal)
  })
}

/** A browser that goes to an address shows what it gets; a program that asks the API reads it. */
const wantsPage = ({ url, headers }: FastifyRequest): boolean =>
  !url.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '')

export function refusalOf(error: FastifyError | Refusal, request: FastifyRequest): Refusal {
  if (error instanceof Refusal) return error
  if (error.validation) return invalid(error)
  const status = error.statusCode ?? 500
  if (status === 413)
    return new Refusal('ROAR_REGISTRY_TOO_LARGE', 'The request is larger than this registry takes.', {
      remedy: ['Send smaller batches: limits.body_bytes of GET /api/v1/health is the most.'],
    })
  if (status === 415) return new Refusal('ROAR_REGISTRY_MEDIA', error.message)
  if (status === 429) return new Refusal('ROAR_REGISTRY_RATE', error.message, { remedy: ['Wait as Retry-After says.'] })
  if (status >= 400 && status < 500) return new Refusal('ROAR_REGISTRY_INVALID', error.message)
  request.log.error({ err: error }, 'a fault of the registry')
  if (isFull(error)) return full
  return new Refusal('ROAR_REGISTRY_FAULT', 'The registry failed at this request.', {
    remedy: [`Tell its administrator the request id: ${request.id}`],
  })
}

/** As SQLite, PostgreSQL and the operating system say it. */
const isFull = ({ code }: { readonly code?: string }): boolean =>
  ['SQLITE_FULL', '53100', 'ENOSPC'].includes(code ?? '')

const full = new Refusal('ROAR_REGISTRY_FULL', 'The registry has no room left to keep this.', {
  cause: 'Nothing of the request was kept; what was published before is whole.',
  remedy: ['Tell its administrator, and call it again when there is room: it goes on where it was.'],
})

function invalid(error: FastifyError): Refusal {
  const details = (error.validation ?? []).slice(0, 8).map((one) => {
    const extra = (one.params as { additionalProperty?: string }).additionalProperty
    return `${error.validationContext}${one.instancePath}: ${one.message ?? 'invalid'}${extra ? ` (${extra})` : ''}`
  })
  return new Refusal(
    'ROAR_REGISTRY_INVALID',
    `The request does not have the shape that is asked for: ${details[0] ?? ''}`,
    {
      details,
    },
  )
}

export function send(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, message, why, remedy, details, status, retryAfter } = refusal
  if (retryAfter !== null) reply.header('retry-after', retryAfter)
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="roar"')
  const document: ErrorDocument = {
    schema: 'roar.error/1',
    error: {
      code,
      message,
      ...(why ? { cause: why } : {}),
      remedy: [...remedy],
      docs: `errors/${code}`,
      ...(details.length > 0 ? { details: [...details] } : {}),
    },
    request_id: request.id,
  }
  return reply.code(status).type('application/json; charset=utf-8').header('cache-control', 'no-store').send(document)
}
