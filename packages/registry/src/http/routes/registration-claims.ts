/** What is claimed in a staged registration: jobs, artifacts, composites, one by one or in batches. */
import { Type } from 'typebox'
import {
  ArtifactBatch,
  ArtifactBatchResult,
  ArtifactClaim,
  ComponentBatch,
  ComponentBatchResult,
  Composite,
  CompositeResult,
  JobBatch,
  JobBatchResult,
  JobClaim,
} from '../../api/index.ts'
import type { Registry } from '../../registry.ts'
import { stage } from '../../write/staging.ts'
import type { App } from '../app.ts'
import { at, ownedBy, params, tags } from './registration.ts'

export function registrationClaimRoutes(app: App, registry: Registry): void {
  jobRoutes(app, registry)
  artifactRoutes(app, registry)
}

const OneJob = Type.Object({ id: Type.String(), created: Type.Boolean() })

function jobRoutes(app: App, registry: Registry): void {
  const own = ownedBy(registry)

  app.post(`${at}/jobs`, { schema: { tags, params, body: JobClaim, response: { 200: OneJob } } }, async (request) => {
    const row = await own(request)
    const { created } = await stage(registry, row.id, 'job', [request.body])
    return { id: request.body.job_uid, created: created === 1 }
  })
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
}

function artifactRoutes(app: App, registry: Registry): void {
  const own = ownedBy(registry)
  const stageAll = async (id: string, artifacts: readonly ArtifactClaim[]) => {
    const { created, existing } = await stage(registry, id, 'artifact', artifacts)
    return { created, existing, updated: existing, errors: 0 }
  }

  app.post(
    `${at}/artifacts/batch`,
    { schema: { tags, params, body: ArtifactBatch, response: { 200: ArtifactBatchResult } } },
    async (request) => stageAll((await own(request)).id, request.body.artifacts),
  )
  app.post(
    `${at}/artifacts`,
    { schema: { tags, params, body: ArtifactClaim, response: { 200: ArtifactBatchResult } } },
    async (request) => stageAll((await own(request)).id, [request.body]),
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
  app.post(
    `${at}/artifacts/components/batch`,
    { schema: { tags, params, body: ComponentBatch, response: { 200: ComponentBatchResult } } },
    async (request) => {
      const { lists } = request.body
      await stage(registry, (await own(request)).id, 'components', lists)
      return { listed: lists.reduce((sum, one) => sum + one.components.length, 0) }
    },
  )
}
