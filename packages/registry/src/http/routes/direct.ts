/** Sessions written without staging, as older clients do: each request is published at once. */
import { Type } from 'typebox'
import {
  JobBatch,
  JobBatchResult,
  JobClaim,
  JobUid,
  LinkBody,
  LinkResult,
  SessionClaim,
  SessionHash,
  SessionRegistered,
} from '../../api/index.ts'
import { pageUrl, type Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { addDirectJobs, addDirectLinks, openDirect } from '../../write/direct.ts'
import type { App } from '../app.ts'

const params = Type.Object({ hash: SessionHash })
const tags = ['direct']

export function directRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/sessions',
    { schema: { tags, body: SessionClaim, response: { 200: SessionRegistered, 201: SessionRegistered } } },
    async (request, reply) => {
      const { hash } = request.body
      const created = await openDirect(registry, request.principal, request.body)
      if (created) await audit(registry, request, 'session.publish', hash)
      return reply.code(created ? 201 : 200).send({ hash, url: pageUrl(registry, 'dag', hash), created })
    },
  )
  directJobRoutes(app, registry)
  directLinkRoutes(app, registry)
}

function directJobRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/sessions/:hash/jobs',
    {
      schema: {
        tags,
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
    { schema: { tags, params, body: JobBatch, response: { 200: JobBatchResult } } },
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
}

function directLinkRoutes(app: App, registry: Registry): void {
  for (const role of ['input', 'output'] as const)
    app.post(
      `/api/v1/sessions/:hash/jobs/:uid/${role}s`,
      {
        schema: {
          tags,
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
