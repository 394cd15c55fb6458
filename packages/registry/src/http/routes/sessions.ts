/** Sessions that were published: read, recipes made of them, withdrawn. */
import { Type } from 'typebox'
import { closed, PageQuery, Recipe, Session, SessionHash, SessionPage } from '../../api/index.ts'
import { requireRight } from '../../identity/principal.ts'
import { sessionRecipe } from '../../read/recipe.ts'
import { sessionDocument, sessionPage } from '../../read/sessions.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { withdrawSession } from '../../write/withdraw.ts'
import { type App, pageOf } from '../app.ts'

const params = Type.Object({ hash: SessionHash })
const tags = ['sessions']
const Reason = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1024 })) }, closed)

export function sessionRoutes(app: App, registry: Registry): void {
  app.get(
    '/api/v1/sessions',
    { schema: { tags, querystring: Type.Object(PageQuery, closed), response: { 200: SessionPage } } },
    async (request) => {
      requireRight(request.principal, 'read')
      return sessionPage(registry, request.principal, pageOf(request.query))
    },
  )
  app.get('/api/v1/sessions/:hash', { schema: { tags, params, response: { 200: Session } } }, async (request) =>
    sessionDocument(registry, request.principal, request.params.hash),
  )
  for (const path of ['/api/v1/sessions/:hash/reproduction', '/api/v1/public/sessions/:hash/reproduction'])
    app.get(path, { schema: { tags, params, response: { 200: Recipe } } }, async (request) =>
      sessionRecipe(registry, request.principal, request.params.hash),
    )
  app.delete(
    '/api/v1/sessions/:hash',
    { schema: { tags, params, querystring: Reason, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await withdrawSession(registry, request.principal, request.params.hash, request.query.reason ?? null)
      await audit(registry, request, 'session.withdraw', request.params.hash)
      return reply.code(204).send(null)
    },
  )
}
