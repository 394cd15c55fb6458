/** Sessions: read, and, in the older way, written. */
import { Type } from 'typebox'
import {
  closed,
  JobBatch,
  JobBatchResult,
  JobClaim,
  JobUid,
  LinkBody,
  LinkResult,
  PageQuery,
  Recipe,
  Session,
  SessionClaim,
  SessionHash,
  SessionPage,
  SessionRegistered,
} from '../../api/index.ts'
import { requireRight } from '../../identity/principal.ts'
import { sessionRecipe } from '../../read/recipe.ts'
import { sessionDocument, sessionPage } from '../../read/sessions.ts'
import { pageUrl, type Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { addDirectJobs, addDirectLinks, openDirect } from '../../write/direct.ts'
import { withdrawSession } from '../../write/withdraw.ts'
import { type App, pageOf } from '../app.ts'

const params = Type.Object({ hash: SessionHash })
const tags = ['sessions']
export const Reason = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1024 })) }, closed)

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
  directRoutes(app, registry)
}

function directRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/sessions',
    { schema: { tags: ['direct'], body: SessionClaim, response: { 200: SessionRegistered, 201: SessionRegistered } } },
    async (request, reply) => {
      const { hash } = request.body
      const created = await openDirect(registry, request.principal, request.body)
      if (created) await audit(registry, request, 'session.publish', hash)
      return reply.code(created ? 201 : 200).send({ hash, url: pageUrl(registry, 'dag', hash), created })
    },
  )
  app.post(
    '/api/v1/sessions/:hash/jobs',
    {
      schema: {
        tags: ['direct'],
        params,
        body: JobClaim,
        response: { 200: Type.Object({ id: Type.String(), created: Type.Boolean() }) },
      },
    },
    async (request) => {
      const { ids, created } = await addDirectJobs(registry, request.principal, request.params.hash, [request.body])
      return { id: ids[0] ?? '', created: created === 1 }
    },
  )
  app.post(
    '/api/v1/sessions/:hash/jobs/batch',
    { schema: { tags: ['direct'], params, body: JobBatch, response: { 200: JobBatchResult } } },
    async (request) => {
      const { jobs } = request.body
      const { ids, created } = await addDirectJobs(registry, request.principal, request.params.hash, jobs)
      return {
        job_ids: [...ids],
        errors: jobs.map(() => null),
        created_count: created,
        existing_count: jobs.length - created,
        already_registered_session_hashes: [],
      }
    },
  )
  for (const role of ['input', 'output'] as const)
    app.post(
      `/api/v1/sessions/:hash/jobs/:uid/${role}s`,
      {
        schema: {
          tags: ['direct'],
          params: Type.Object({ hash: SessionHash, uid: JobUid }),
          body: LinkBody,
          response: { 200: LinkResult },
        },
      },
      async (request) => {
        const { hash, uid } = request.params
        const done = await addDirectLinks(registry, request.principal, hash, uid, role, request.body.artifacts)
        return {
          job_uid: uid,
          inputs_linked: role === 'input' ? done.linked : 0,
          outputs_linked: role === 'output' ? done.linked : 0,
          artifacts_registered: done.artifacts,
        }
      },
    )
}
