/**
 * Signing in by way of an outside provider: GitHub, or any that speaks OpenID Connect. Ends where the password form ends: a terminal is approved, or,
 * where it began without a terminal's code, the browser itself is signed in.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../http/app.ts'
import { accountById } from '../identity/accounts.ts'
import { answerDevice, pendingDevice } from '../identity/device-flow.ts'
import type { Account } from '../identity/principal.ts'
import { finishProviderLogin, startProviderLogin } from '../identity/provider.ts'
import { Refusal } from '../refusal.ts'
import type { LoginProvider, Registry } from '../registry.ts'
import { audit } from '../write/audit.ts'
import { beginSession } from './browser-session.ts'
import { donePage } from './device-page.ts'
import { html, page } from './page.ts'
import { readTicket, signTicket } from './signed-ticket.ts'

const cookieName = 'roar_login'
const params = Type.Object({ provider: Type.String({ maxLength: 64 }) })
const Start = Type.Object({ code: Type.String({ maxLength: 32, default: '' }) })
const Callback = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 2048 })),
  error: Type.Optional(Type.String({ maxLength: 256 })),
  error_description: Type.Optional(Type.String({ maxLength: 2048 })),
  state: Type.String({ maxLength: 2048 }),
})
const Answer = Type.Object({ ticket: Type.String({ maxLength: 2048 }), answer: Type.String({ maxLength: 16 }) })

const show = (reply: FastifyReply, text: string) => reply.type('text/html; charset=utf-8').serializer(String).send(text)

const callbackOf = ({ settings }: Registry, name: string) => `${settings.publicUrl}/login/${name}/callback`

/** Follows from the server's key and what the browser holds: nothing is kept between the two requests, which may meet two servers. */
const verifierOf = ({ serverKey }: Registry, nonce: string): string =>
  createHmac('sha256', serverKey).update(`verifier of a login\0${nonce}`).digest('base64url')

const notGranted = (name: string, cause = 'It said nothing more.'): Refusal =>
  new Refusal('ROAR_REGISTRY_FORBIDDEN', `${name} did not let you in.`, { cause, remedy: ['roar login begins again'] })

function providerOf({ settings }: Registry, name: string): LoginProvider {
  const found = settings.providers.find((one) => one.name === name)
  if (!found) throw new Refusal('ROAR_REGISTRY_NOT_FOUND', 'There is no such login provider here.')
  return found
}

export function providerRoutes(app: App, registry: Registry): void {
  app.get('/login/:provider', { schema: { hide: true, params, querystring: Start } }, async (request, reply) => {
    const provider = providerOf(registry, request.params.provider)
    const nonce = randomBytes(16).toString('base64url')
    const state = signTicket(registry, ['state', nonce, request.query.code])
    const secure = registry.settings.publicUrl.startsWith('https:') ? '; Secure' : ''
    // The browser that comes back must be the one that left.
    reply.header('set-cookie', `${cookieName}=${nonce}; HttpOnly; SameSite=Lax; Path=/login; Max-Age=600${secure}`)
    const begun = { callback: callbackOf(registry, provider.name), state, verifier: verifierOf(registry, nonce) }
    return reply.redirect(await startProviderLogin(provider, begun))
  })
  app.get(
    '/login/:provider/callback',
    { schema: { hide: true, params, querystring: Callback } },
    async (request, reply) => {
      const provider = providerOf(registry, request.params.provider)
      const [use, nonce = '', userCode = ''] = readTicket(registry, request.query.state)
      const cookies = (request.headers.cookie ?? '').split(/; */)
      if (use !== 'state' || !cookies.includes(`${cookieName}=${nonce}`))
        throw new Refusal('ROAR_REGISTRY_INVALID', 'This login began in another browser.')
      const { code, error, error_description } = request.query
      if (code === undefined) throw notGranted(provider.name, error_description ?? error)
      const login = { callback: callbackOf(registry, provider.name), verifier: verifierOf(registry, nonce) }
      const account = await finishProviderLogin(registry, provider, login, code)
      if (userCode === '') {
        await beginSession(registry, reply, account)
        return reply.redirect('/account', 303)
      }
      const pending = await pendingDevice(registry, userCode)
      if (!pending)
        throw new Refusal('ROAR_REGISTRY_NOT_FOUND', 'The code is not known, was used, or is over its ten minutes.')
      return show(reply, approvalPage(registry, provider.name, account, pending.client, userCode))
    },
  )
  app.post('/login/:provider/approve', { schema: { hide: true, params, body: Answer } }, async (request, reply) => {
    const [use, id = '', userCode = ''] = readTicket(registry, request.body.ticket)
    const account = use === 'approve' ? await accountById(registry, id) : null
    if (!account) throw new Refusal('ROAR_REGISTRY_INVALID', 'This login did not begin here.')
    const approved = request.body.answer === 'approve'
    await answerDevice(registry, userCode, approved ? account : null)
    await audit(registry, request, approved ? 'device.approve' : 'device.deny', request.params.provider, account.id)
    return show(reply, donePage(approved))
  })
}

function approvalPage(
  registry: Registry,
  provider: string,
  account: Account,
  client: string,
  userCode: string,
): string {
  const ticket = signTicket(registry, ['approve', account.id, userCode])
  return page(
    'Log in',
    html`<p>You are <strong>${account.name}</strong>. <strong>${client}</strong> asks to act for you, with the code <code>${userCode}</code>.
Approve it only if you have just started it and it shows this code.</p>
<form method="post" action="/login/${provider}/approve"><input type="hidden" name="ticket" value="${ticket}">
<button name="answer" value="approve">Approve</button>
<button name="answer" value="deny">Deny</button>
</form>`,
  )
}
