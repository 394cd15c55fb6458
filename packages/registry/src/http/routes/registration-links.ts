/** What ties the jobs of a staged registration to artifacts. */
import { Type } from 'typebox'
import { LinkBatch, LinkBatchResult, LinkBody, LinkResult, OpenObject } from '../../api/index.ts'
import type { Registry } from '../../registry.ts'
import { stage } from '../../write/staging.ts'
import type { App } from '../app.ts'
import { at, jobParams, ownedBy, params, tags } from './registration.ts'

export function registrationLinkRoutes(app: App, registry: Registry): void {
  const own = ownedBy(registry)

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
      const { links } = request.body
      await stage(registry, row.id, 'links', links)
      return { linked: links.reduce((sum, one) => sum + (one.inputs?.length ?? 0) + (one.outputs?.length ?? 0), 0) }
    },
  )
  viewEdgeRoute(app, registry)
}

const ViewEdges = Type.Object({ view_edges: Type.Array(OpenObject, { maxItems: 10_000 }) })
const ViewEdgesLinked = Type.Object({ job_uid: Type.String(), view_edges_linked: Type.Integer() })

/** Selections of a composite that older clients add: taken, and kept by nobody. */
function viewEdgeRoute(app: App, registry: Registry): void {
  const own = ownedBy(registry)

  app.post(
    `${at}/jobs/:uid/view-edges`,
    { schema: { tags, params: jobParams, body: ViewEdges, response: { 200: ViewEdgesLinked } } },
    async (request) => {
      await own(request)
      return { job_uid: request.params.uid, view_edges_linked: 0 }
    },
  )
}
