/** Staged registration. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  ArtifactBatch,
  ArtifactBatchResult,
  ArtifactClaim,
  Composite,
  CompositeResult,
  Finalize,
  Identifier,
  JobBatch,
  JobBatchResult,
  JobClaim,
  JobUid,
  LabelBatch,
  LabelResult,
  LinkBatch,
  LinkBatchResult,
  LinkBody,
  LinkResult,
  OpenObject,
  Published,
  Registration,
  RegistrationStart,
} from '../../api/index.ts'
import { registrationToken } from '../../identity/authenticate.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { setLabels } from '../../write/labels.ts'
import { publish, publishedBefore } from '../../write/publish.ts'
import { giveUp, ownRegistration, registrationDocument, startRegistration } from '../../write/registrations.ts'
import { stage } from '../../write/staging.ts'
import type { App } from '../app.ts'
import type { Metrics } from '../metrics.ts'

const at = '/api/v1/registration-sessions/:id'
const params = Type.Object({ id: Identifier })
const jobParams = Type.Object({ id: Identifier, uid: JobUid })
const tags = ['registration']

export function registrationRoutes(app: App, registry: Registry, metrics: Metrics): void {
  const own = (request: FastifyRequest & { params: { id: string } }) =>
    ownRegistration(registry, request.principal, registrationToken(request.headers.authorization), request.params.id)

  app.post(
    '/api/v1/registration-sessions',
    { schema: { tags, body: RegistrationStart, response: { 201: Registration, 200: Registration } } },
    async (request, reply) => {
      const started = await startRegistration(registry, request.principal, request.body)
      return reply.code(started.created ? 201 : 200).send(started)
    },
  )
  app.get(at, { schema: { tags, params, response: { 200: Registration } } }, async (request) =>
    registrationDocument(registry, await own(request), false),
  )
  app.delete(at, { schema: { tags, params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const row = await own(request)
    await giveUp(registry, row.id)
    return reply.code(204).send(null)
  })
  app.post(
    `${at}/jobs`,
    {
      schema: {
        tags,
        params,
        body: JobClaim,
        response: { 200: Type.Object({ id: Type.String(), created: Type.Boolean() }) },
      },
    },
    async (request) => {
      const row = await own(request)
      const { created } = await stage(registry, row.id, 'job', [request.body])
      return { id: request.body.job_uid, created: created === 1 }
    },
  )
  app.post(
    `${at}/jobs/batch`,
    { schema: { tags, params, body: JobBatch, response: { 200: JobBatchResult } } },
    async (request) => {
      const row = await own(request)
      const { jobs } = request.body
      const { created, existing } = await stage(registry, row.id, 'job', jobs)
      return {
        job_ids: jobs.map((job) => job.job_uid),
        errors: jobs.map(() => null),
        created_count: created,
        existing_count: existing,
        already_registered_session_hashes: [],
      }
    },
  )
  app.post(
    `${at}/artifacts/batch`,
    { schema: { tags, params, body: ArtifactBatch, response: { 200: ArtifactBatchResult } } },
    async (request) => {
      const row = await own(request)
      const { created, existing } = await stage(registry, row.id, 'artifact', request.body.artifacts)
      return { created, existing, updated: existing, errors: 0 }
    },
  )
  app.post(
    `${at}/artifacts`,
    { schema: { tags, params, body: ArtifactClaim, response: { 200: ArtifactBatchResult } } },
    async (request) => {
      const row = await own(request)
      const { created, existing } = await stage(registry, row.id, 'artifact', [request.body])
      return { created, existing, updated: existing, errors: 0 }
    },
  )
  app.post(
    `${at}/artifacts/composites`,
    { schema: { tags, params, body: Composite, response: { 200: CompositeResult } } },
    async (request) => {
      const row = await own(request)
      const { created } = await stage(registry, row.id, 'composite', [request.body])
      return { artifact_id: request.body.hash, hash: request.body.hash, created: created === 1 }
    },
  )
  for (const side of ['inputs', 'outputs'] as const)
    app.post(
      `${at}/jobs/:uid/${side}`,
      { schema: { tags, params: jobParams, body: LinkBody, response: { 200: LinkResult } } },
      async (request) => {
        const row = await own(request)
        const { artifacts } = request.body
        await stage(registry, row.id, 'links', [{ job_uid: request.params.uid, [side]: artifacts }])
        return {
          job_uid: request.params.uid,
          inputs_linked: side === 'inputs' ? artifacts.length : 0,
          outputs_linked: side === 'outputs' ? artifacts.length : 0,
          artifacts_registered: artifacts.length,
        }
      },
    )
  app.post(
    `${at}/links/batch`,
    { schema: { tags, params, body: LinkBatch, response: { 200: LinkBatchResult } } },
    async (request) => {
      const row = await own(request)
      await stage(registry, row.id, 'links', request.body.links)
      const linked = request.body.links.reduce(
        (sum, one) => sum + (one.inputs?.length ?? 0) + (one.outputs?.length ?? 0),
        0,
      )
      return { linked }
    },
  )
  // Selections of a composite that older clients add: taken, and kept by nobody.
  app.post(
    `${at}/jobs/:uid/view-edges`,
    {
      schema: {
        tags,
        params: jobParams,
        body: Type.Object({ view_edges: Type.Array(OpenObject, { maxItems: 10_000 }) }),
        response: { 200: Type.Object({ job_uid: Type.String(), view_edges_linked: Type.Integer() }) },
      },
    },
    async (request) => {
      await own(request)
      return { job_uid: request.params.uid, view_edges_linked: 0 }
    },
  )
  app.post(
    `${at}/labels/batch`,
    { schema: { tags, params, body: LabelBatch, response: { 200: LabelResult } } },
    async (request) => {
      const row = await own(request)
      if (row.session === null)
        throw new Refusal('ROAR_REGISTRY_CONFLICT', 'Labels are set on what is published: finalize first.')
      return setLabels(registry, request.principal, request.body.labels, { session: row.session })
    },
  )
  app.post(
    `${at}/finalize`,
    { schema: { tags, params, body: Finalize, response: { 200: Published } } },
    async (request) => {
      const row = await own(request)
      if (row.session !== null) return publishedBefore(registry, row, row.session)
      const published = await publish(registry, request.principal, row, request.body)
      metrics.published.inc({ kind: 'job' }, published.counts.new_jobs)
      metrics.published.inc({ kind: 'artifact' }, published.counts.new_artifacts)
      await audit(registry, request, 'session.publish', published.hash)
      return published
    },
  )
}
