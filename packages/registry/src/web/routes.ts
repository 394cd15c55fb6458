/** The pages: of what is registered, of accounts, and the one where a terminal's login is approved. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../http/app.ts'
import { addAccount, signIn } from '../identity/accounts.ts'
import { answerDevice, pendingDevice } from '../identity/device-flow.ts'
import type { SignInLimit } from '../identity/sign-in-limit.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { audit } from '../write/audit.ts'
import { accountPages } from './account-pages.ts'
import { devicePage, donePage } from './device-page.ts'
import { lineagePages } from './lineage-pages.ts'
import { providerRoutes } from './provider-routes.ts'

const Form = Type.Object({
  code: Type.String({ maxLength: 32 }),
  account: Type.String({ maxLength: 64 }),
  password: Type.String({ maxLength: 1024 }),
  answer: Type.Union([Type.Literal('approve'), Type.Literal('deny')]),
  signup: Type.Optional(Type.String()),
})
const Query = Type.Object({ code: Type.Optional(Type.String({ maxLength: 32 })) })

const unknownCode = 'This code is not known, was used, or is over its ten minutes.'

const show = (reply: FastifyReply, text: string, status = 200) =>
  reply.code(status).type('text/html; charset=utf-8').serializer(String).send(text)

export function webRoutes(app: App, registry: Registry, signIns: SignInLimit): void {
  lineagePages(app, registry)
  accountPages(app, registry, signIns)
  deviceRoutes(app, registry, signIns)
  providerRoutes(app, registry)
}

function deviceRoutes(app: App, registry: Registry, signIns: SignInLimit): void {
  app.get('/device', { schema: { hide: true, querystring: Query } }, async (request, reply) => {
    const { code = '' } = request.query
    const pending = code === '' ? null : await pendingDevice(registry, code)
    const notice = code !== '' && !pending ? unknownCode : null
    return show(reply, devicePage(registry, { code, client: pending?.client ?? null, notice }))
  })
  app.post('/device', { schema: { hide: true, body: Form } }, async (request, reply) => {
    const { code, account: name, password, answer, signup } = request.body
    const pending = await pendingDevice(registry, code)
    const again = (notice: string, status: number) =>
      show(reply, devicePage(registry, { code, client: pending?.client ?? null, notice }), status)
    if (!pending) return again(unknownCode, 400)
    if (!signIns.take(request.ip, name)) return again('Too many attempts: wait a minute.', 429)
    if (signup === 'yes' && registry.settings.signup) {
      const refused = await trySignUp(registry, name, password)
      if (refused) return again(refused, 400)
    }
    const account = await signIn(registry, name, password)
    if (!account) {
      await audit(registry, request, 'account.signin-failed', name)
      return again('The account or the password is wrong.', 403)
    }
    const approved = answer === 'approve'
    await answerDevice(registry, code, approved ? account : null)
    await audit(registry, request, approved ? 'device.approve' : 'device.deny', pending.client, account.id)
    return show(reply, donePage(approved))
  })
}

async function trySignUp(registry: Registry, name: string, password: string): Promise<string | null> {
  try {
    await addAccount(registry, { name, password })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
