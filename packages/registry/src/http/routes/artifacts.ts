/** Artifacts by any digest. */
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import {
  Algorithm,
  Artifact,
  ArtifactBatchResult,
  ArtifactInSession,
  type ArtifactSummary,
  Composite,
  CompositeResult,
  closed,
  DigestReference,
  FindRequest,
  FindResult,
  Lineage,
  LineageQuery,
  OpenObject,
  PageQuery,
  pageOf as pageSchema,
  Recipe,
} from '../../api/index.ts'
import { requireRight } from '../../identity/principal.ts'
import { artifactDocument } from '../../read/artifact.ts'
import { artifactSummaries } from '../../read/artifact-documents.ts'
import { componentPage } from '../../read/components.ts'
import { findMany } from '../../read/find.ts'
import { holdersOfMany } from '../../read/holders.ts'
import { type LineagePart, lineageDocument, lineageParts, rootsOf } from '../../read/lineage.ts'
import { artifactRecipe } from '../../read/recipe.ts'
import { type DigestQuery, parseReference } from '../../realm/digest.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { addDirectArtifacts } from '../../write/direct.ts'
import { type App, pageOf } from '../app.ts'
import type { Metrics } from '../metrics.ts'

const params = Type.Object({ ref: DigestReference })
const tags = ['artifacts']
const byAlgorithm = Type.Object({ algorithm: Type.Optional(Algorithm) })

const reference = (ref: string, algorithm: string | undefined): string =>
  algorithm === undefined || ref.includes(':') ? ref : `${algorithm}:${ref}`

export function artifactRoutes(app: App, registry: Registry, metrics: Metrics): void {
  for (const path of ['/api/v1/artifacts/:ref', '/api/v1/public/artifacts/:ref'])
    app.get(
      path,
      { schema: { tags, params, querystring: byAlgorithm, response: { 200: Artifact } } },
      async (request) => {
        const artifact = await artifactDocument(
          registry,
          request.principal,
          reference(request.params.ref, request.query.algorithm),
        )
        metrics.lookups.inc({ found: 'yes' })
        return artifact
      },
    )
  app.post(
    '/api/v1/artifacts/find',
    { schema: { tags, body: FindRequest, response: { 200: FindResult } } },
    async (request) => findAll(registry, request.principal, request.body.digests, metrics),
  )
  app.get(
    '/api/v1/artifacts/:ref/lineage',
    { schema: { tags, params, querystring: LineageQuery, response: { 200: Lineage } } },
    async (request, reply) => {
      const { depth = 1, direction = 'up', limit = 10_000 } = request.query
      const most = registry.settings.limits.lineageNodes
      const asked = { depth, direction, limit: Math.min(limit, most) }
      const root = await rootsOf(registry, request.principal, request.params.ref)
      if (!/application\/x-ndjson/.test(request.headers.accept ?? ''))
        return lineageDocument(registry, request.principal, root, asked)
      const parts = lineageParts(registry, request.principal, root, asked)
      // The schema is that of the document; a stream is sent as it is.
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines(parts)) as never)
    },
  )
  for (const name of ['reproduction', 'dag'])
    app.get(
      `/api/v1/artifacts/:ref/${name}`,
      { schema: { tags, params, response: { 200: Recipe } } },
      async (request) => artifactRecipe(registry, request.principal, request.params.ref),
    )
  app.get(
    '/api/v1/artifacts/:ref/components',
    {
      schema: {
        tags,
        params,
        querystring: Type.Object(PageQuery, closed),
        response: {
          200: Type.Object({ ...pageSchema(OpenObject).properties, components: Type.Array(OpenObject) }, closed),
        },
      },
    },
    async (request) => componentPage(registry, request.principal, request.params.ref, pageOf(request.query)),
  )
  directRoutes(app, registry)
}

async function findAll(
  registry: Registry,
  principal: Parameters<typeof findMany>[1],
  digests: readonly string[],
  metrics: Metrics,
) {
  requireRight(principal, 'read')
  const whole = /^([a-z0-9][a-z0-9._-]{0,31}:)?([0-9a-fA-F]{2}){4,64}(-[0-9]{1,5})?$/
  const bad = digests.find((digest) => !whole.test(digest))
  if (bad !== undefined) throw new Refusal('ROAR_REGISTRY_INVALID', `'${bad.slice(0, 80)}' is no whole digest.`)
  const queries = digests.map(parseReference)
  const found = await findMany(registry.database.read, principal, queries)
  const others = queries.filter((query) => !found.has(query))
  const holders = await holdersOfMany(registry.database.read, principal, others)
  const hits = queries.flatMap((query, at) => {
    const holder = holders.get(query)
    const artifact = found.get(query) ?? holder
    return artifact ? [{ digest: digests[at] as string, artifact, member: holder?.member ?? null }] : []
  })
  const summaries = await artifactSummaries(
    registry.database.read,
    hits.map((hit) => hit.artifact),
  )
  metrics.lookups.inc({ found: 'yes' }, hits.length)
  metrics.lookups.inc({ found: 'no' }, digests.length - hits.length)
  return {
    found: hits.map(({ digest, member }, at) => ({ digest, artifact: summaries[at] as ArtifactSummary, member })),
    missing: digests.filter(
      (_, at) => !found.has(queries[at] as DigestQuery) && !holders.has(queries[at] as DigestQuery),
    ),
  }
}

async function* lines(parts: AsyncIterable<LineagePart>): AsyncGenerator<string> {
  for await (const part of parts) yield `${JSON.stringify(part)}\n`
}

const batch = Type.Object({ artifacts: Type.Array(ArtifactInSession, { maxItems: 10_000 }) }, closed)

/** The older way. */
function directRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/artifacts',
    { schema: { tags: ['direct'], body: ArtifactInSession, response: { 200: ArtifactBatchResult } } },
    async (request) => {
      const { created, existing } = await addDirectArtifacts(registry, request.principal, [request.body])
      return { created, existing, updated: existing, errors: 0 }
    },
  )
  app.post(
    '/api/v1/artifacts/batch',
    { schema: { tags: ['direct'], body: batch, response: { 200: ArtifactBatchResult } } },
    async (request) => {
      const { created, existing } = await addDirectArtifacts(registry, request.principal, request.body.artifacts)
      return { created, existing, updated: existing, errors: 0 }
    },
  )
  app.post(
    '/api/v1/artifacts/composites',
    { schema: { tags: ['direct'], body: Composite, response: { 200: CompositeResult } } },
    async (request) => {
      const { created, ids } = await addDirectArtifacts(registry, request.principal, [request.body])
      return { artifact_id: ids[0] ?? '', hash: request.body.hash, created: created > 0 }
    },
  )
}
