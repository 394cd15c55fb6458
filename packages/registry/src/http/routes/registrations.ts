/** The life of a staged registration: begun, looked at, given up, or published whole. What is staged meanwhile: claims.ts, links.ts. */
import { Type } from 'typebox'
import { Finalize, LabelBatch, LabelResult, Published, Registration, RegistrationStart } from '../../api/index.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { setLabels } from '../../write/labels.ts'
import { publish, publishedBefore } from '../../write/publish.ts'
import { giveUp, registrationDocument, startRegistration } from '../../write/registrations.ts'
import type { App } from '../app.ts'
import type { Metrics } from '../metrics.ts'
import { at, ownedBy, params, tags } from './registration.ts'

const isClosed = (error: unknown): boolean => error instanceof Refusal && error.code === 'ROAR_REGISTRY_CLOSED'

export function registrationRoutes(app: App, registry: Registry, metrics: Metrics): void {
  const own = ownedBy(registry)

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
  publishRoutes(app, registry, metrics)
}

function publishRoutes(app: App, registry: Registry, metrics: Metrics): void {
  const own = ownedBy(registry)

  app.post(
    `${at}/finalize`,
    { schema: { tags, params, body: Finalize, response: { 200: Published } } },
    async (request) => {
      const row = await own(request)
      if (row.session !== null) return publishedBefore(registry, row, row.session)
      try {
        const published = await publish(registry, request.principal, row, request.body)
        metrics.published.inc({ kind: 'job' }, published.counts.new_jobs)
        metrics.published.inc({ kind: 'artifact' }, published.counts.new_artifacts)
        await audit(registry, request, 'session.publish', published.hash)
        return published
      } catch (error) {
        // Of two attempts that end at once, the one that comes second finds what the first has published.
        const now = isClosed(error) ? await own(request) : row
        if (now.session === null) throw error
        return publishedBefore(registry, now, now.session)
      }
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
}
