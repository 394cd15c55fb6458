/** A refusal as a browser shows it: a page with the same frame as all others. */
import { messagePage, missing, page } from '@roar/web'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous } from '../identity/principal.ts'
import type { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { whoLooks } from './browser-session.ts'
import { show } from './lineage-pages.ts'
import { siteOf } from './page.ts'

export async function sendRefusalPage(
  registry: Registry,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): Promise<FastifyReply> {
  // Where the database is what failed, nobody can be looked up.
  request.principal = await whoLooks(registry, request).catch(() => anonymous)
  const room = { site: siteOf(request.principal) }
  reply.header('cache-control', 'no-store')
  if (refusal.retryAfter !== null) reply.header('retry-after', refusal.retryAfter)
  if (refusal.status === 404) return show(request, reply, missing(room))
  return show(request, reply, page(room, messagePage('That did not work', refusal.message), refusal.status))
}
