/** A place where older clients leave encrypted fragments of a running job. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { closed, OpenObject } from '../../api/index.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import type { App } from '../app.ts'

const tags = ['older clients']
const SessionId = Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,128}$' })
const params = Type.Object({ id: SessionId })
const Ttl = Type.Integer({ minimum: 60, maximum: 30 * 86_400, default: 86_400 })
const mostFragment = 1_048_576
const mostFragments = 10_000

/** Only who has the token reads and writes; the registry cannot read what lies there. */
export function fragmentRoutes(app: App, registry: Registry): void {
  const { database } = registry
  app.post(
    '/api/v1/fragments/sessions',
    {
      schema: {
        tags,
        body: Type.Object(
          {
            session_id: SessionId,
            token_hash: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
            ttl_seconds: Type.Optional(Ttl),
          },
          closed,
        ),
        response: { 200: Type.Object({ session_id: Type.String(), expires_at: Type.String() }) },
      },
    },
    async ({ body }) => {
      const expires_at = registry.now() + (body.ttl_seconds ?? 86_400) * 1000
      const row = { id: body.session_id, token_hash: body.token_hash.toLowerCase(), expires_at }
      const stored = await database.write(async (tx) => {
        await database.insertNew(tx, 'fragment_sessions', [row])
        return tx.selectFrom('fragment_sessions').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow()
      })
      if (stored.token_hash !== row.token_hash) throw new Refusal('ROAR_REGISTRY_CONFLICT', 'This session id is taken.')
      return { session_id: row.id, expires_at: new Date(stored.expires_at).toISOString() }
    },
  )
  app.post(
    '/api/v1/fragments/sessions/:id/renew',
    {
      schema: {
        tags,
        params,
        body: Type.Object({ ttl_seconds: Ttl }, closed),
        response: { 200: Type.Object({ expires_at: Type.String() }) },
      },
    },
    async (request) => {
      await requireFragmentToken(registry, request, true)
      const expires_at = registry.now() + request.body.ttl_seconds * 1000
      await database.write((tx) =>
        tx.updateTable('fragment_sessions').set({ expires_at }).where('id', '=', request.params.id).execute(),
      )
      return { expires_at: new Date(expires_at).toISOString() }
    },
  )
  storedRoutes(app, registry)
}

function storedRoutes(app: App, registry: Registry): void {
  const { database } = registry
  app.post(
    '/api/v1/fragments/sessions/:id/fragments',
    {
      schema: {
        tags,
        params,
        body: Type.Object(
          {
            encrypted_batch: Type.Union([Type.String({ maxLength: mostFragment }), OpenObject]),
            sequence: Type.Integer({ minimum: 0, maximum: mostFragments }),
          },
          closed,
        ),
        response: { 200: Type.Object({ stored: Type.Boolean() }) },
      },
    },
    async (request) => {
      await requireFragmentToken(registry, request, false)
      const { encrypted_batch, sequence } = request.body
      const row = { session: request.params.id, sequence, body: JSON.stringify(encrypted_batch), at: registry.now() }
      const added = await database.write((tx) => database.insertNew(tx, 'fragments', [row]))
      return { stored: added === 1 }
    },
  )
  app.get(
    '/api/v1/fragments/sessions/:id/fragments',
    { schema: { tags, params, response: { 200: Type.Object({ fragments: Type.Array(OpenObject) }) } } },
    async (request) => {
      await requireFragmentToken(registry, request, true)
      const rows = await database.read
        .selectFrom('fragments')
        .selectAll()
        .where('session', '=', request.params.id)
        .orderBy('sequence')
        .execute()
      return { fragments: rows.map((row) => ({ sequence: row.sequence, encrypted_batch: JSON.parse(row.body) })) }
    },
  )
}

/** `ended`: also behind its time, as long as it is there. */
async function requireFragmentToken(registry: Registry, request: FastifyRequest, ended: boolean): Promise<void> {
  const { id } = request.params as { id: string }
  const token = String(request.headers['x-roar-fragment-token'] ?? '')
  const row = await registry.database.read
    .selectFrom('fragment_sessions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  const shown = createHash('sha256').update(token).digest()
  const expected = Buffer.from(row?.token_hash ?? '0'.repeat(64), 'hex')
  if (!timingSafeEqual(shown, expected) || !row || (!ended && row.expires_at <= registry.now()))
    throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'The fragment session has ended, or the token is not its own.')
}
