/** The pages of what is registered, at the addresses that the API's answers name. */
import { html, messagePage, missing, type PageAnswer, type PageRoom, page, pageAddresses, respond } from '@roar/web'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../http/app.ts'
import type { Principal } from '../identity/principal.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { whoLooks } from './browser-session.ts'
import { RegistrySource } from './lineage-source.ts'
import { siteOf } from './page.ts'

export function lineagePages(app: App, registry: Registry): void {
  for (const url of pageAddresses)
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      request.principal = await whoLooks(registry, request)
      return show(request, reply, await answerOf(roomOf(registry, request.principal), request.url))
    })
}

const roomOf = (registry: Registry, principal: Principal): PageRoom => ({
  source: new RegistrySource(registry, principal),
  site: siteOf(principal),
  home: { title: 'Registry', extra: introduction(registry) },
})

const introduction = ({
  settings,
}: Registry) => html`<p>This is a GLaaS registry of lineage, version ${settings.version}.
Point a workspace at it: <code>roar config set registry.url ${settings.publicUrl}</code>. Its API: <a href="/api/v1/openapi.json">openapi.json</a>.</p>`

/** A refusal is a page here. */
async function answerOf(room: PageRoom, url: string): Promise<PageAnswer> {
  try {
    return await respond(room, url)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.status === 404) return missing(room)
    return page(room, messagePage('That did not work', error.message), error.status)
  }
}

export function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, type, body, shared, retryAfter }: PageAnswer,
): FastifyReply {
  // Of what is somebody's own no proxy keeps a copy.
  const mine = request.principal.account ? 'private, no-cache' : 'no-cache'
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', shared ? 'public, max-age=3600' : mine)
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  return reply
    .code(status)
    .type(type)
    .serializer((text: unknown) => text as string)
    .send(body)
}
