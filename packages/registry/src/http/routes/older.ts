/** What older clients also call, and nobody reads: selections of composites, telemetry. */
import { Type } from 'typebox'
import { JobUid, OpenObject } from '../../api/index.ts'
import type { App } from '../app.ts'

const tags = ['older clients']

export function olderRoutes(app: App): void {
  app.post(
    '/api/v1/jobs/:uid/artifacts',
    {
      schema: {
        tags,
        params: Type.Object({ uid: JobUid }),
        body: Type.Object({ view_edges: Type.Array(OpenObject, { maxItems: 10_000 }) }),
        response: { 200: Type.Object({ view_edges_linked: Type.Integer() }) },
      },
    },
    async () => ({ view_edges_linked: 0 }),
  )
  // Answered, so that nobody waits or retries; read by nobody.
  app.post(
    '/api/v1/telemetry/roar',
    { schema: { tags, body: OpenObject, response: { 204: Type.Null() } } },
    async (_, reply) => reply.code(204).send(null),
  )
}
