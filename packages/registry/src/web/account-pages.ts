/** Signing in with a browser, and what an account has. Forms alone: no script. */
import { html, messagePage, page as pageAnswer, type Value } from '@roar/web'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { AccountName, Identifier, MemberRole, type TokenRequest } from '../api/index.ts'
import type { App } from '../http/app.ts'
import { signIn } from '../identity/accounts.ts'
import { type Account, type Principal, requireAccount, requireRight } from '../identity/principal.ts'
import { addProject, ownerNames, setMember } from '../identity/scopes.ts'
import type { SignInLimit } from '../identity/sign-in-limit.ts'
import { keyDocument, listKeys } from '../identity/ssh-keys.ts'
import { addToken, allRights, listTokens, revokeToken, tokenDocument } from '../identity/tokens.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { audit } from '../write/audit.ts'
import { accountView } from './account-view.ts'
import { beginSession, endSession, formToken, isElsewhere, requireForm, whoLooks } from './browser-session.ts'
import { show } from './lineage-pages.ts'
import { siteOf } from './page.ts'

const SignIn = Type.Object({ account: Type.String({ maxLength: 64 }), password: Type.String({ maxLength: 1024 }) })
const Form = Type.Object({ form: Type.String({ maxLength: 64 }) }, { additionalProperties: true })
const NewToken = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64 }),
  days: Type.String({ pattern: '^[0-9]{1,3}$' }),
  project: Type.String({ maxLength: 80 }),
})
const Revoke = Type.Object({ id: Identifier })
const NewProject = Type.Object({
  name: AccountName,
  visibility: Type.Union([Type.Literal('private'), Type.Literal('public')]),
})
const Membership = Type.Object({
  project: Identifier,
  username: AccountName,
  role: Type.Union([MemberRole, Type.Literal('none')]),
})

type Notice = Value

export function accountPages(app: App, registry: Registry, signIns: SignInLimit): void {
  signInPages(app, registry, signIns)
  app.get('/account', { schema: { hide: true } }, async (request, reply) => {
    request.principal = await whoLooks(registry, request)
    if (!request.principal.account) return reply.redirect('/login')
    return showAccount(registry, request, reply, null)
  })
  tokenForms(app, registry)
  scopeForms(app, registry)
}

function signInPages(app: App, registry: Registry, signIns: SignInLimit): void {
  app.get('/login', { schema: { hide: true } }, async (request, reply) => {
    request.principal = await whoLooks(registry, request)
    return request.principal.account ? reply.redirect('/account') : showSignIn(registry, request, reply, null, 200)
  })
  app.post('/login', { schema: { hide: true, body: SignIn } }, async (request, reply) => {
    const { account: name, password } = request.body
    if (isElsewhere(request)) return showSignIn(registry, request, reply, 'Sign in on this page.', 403)
    if (!signIns.take(request.ip, name))
      return showSignIn(registry, request, reply, 'Too many attempts: wait a minute.', 429)
    const account = await signIn(registry, name, password)
    if (!account) {
      await audit(registry, request, 'account.signin-failed', name)
      return showSignIn(registry, request, reply, 'The account or the password is wrong.', 403)
    }
    await beginSession(registry, reply, account)
    return reply.redirect('/account', 303)
  })
  app.post('/account/sign-out', { schema: { hide: true, body: Form } }, async (request, reply) => {
    requireForm(registry, request, request.body.form)
    await endSession(registry, request, reply)
    return reply.redirect('/', 303)
  })
}

function showSignIn(
  registry: Registry,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: string | null,
  status: number,
) {
  const providers = registry.settings.providers.map(
    ({ name }) => html`<p><a href="/login/${name}">Sign in with ${name}</a></p>`,
  )
  const body = html`${notice && html`<p class="notice" role="alert">${notice}</p>`}
<form method="post" action="/login">
<label>Account <input name="account" required autocomplete="username" maxlength="64"></label>
<label>Password <input name="password" type="password" required autocomplete="current-password" maxlength="1024"></label>
<button>Sign in</button>
</form>
${providers}`
  return show(request, reply, pageAnswer({ site: siteOf(request.principal) }, { title: 'Log in', body }, status))
}

interface Asker {
  readonly principal: Principal
  readonly account: Account
}
type Deed = (asker: Asker, request: FastifyRequest) => Promise<Notice>

/** A form of the account's page: looked at for where it comes from before its fields are, done, and answered with the page again. */
function form<T extends Parameters<typeof Type.Object>[0]>(
  app: App,
  registry: Registry,
  path: string,
  deed: (asker: Asker, body: Static<ReturnType<typeof Type.Object<T>>>, request: FastifyRequest) => Promise<Notice>,
  fields: ReturnType<typeof Type.Object<T>>,
): void {
  const body = Type.Intersect([Form, fields])
  app.post(`/account/${path}`, { schema: { hide: true, body }, attachValidation: true }, async (request, reply) => {
    const given = request.body as { form?: unknown }
    requireForm(registry, request, String(given?.form ?? ''))
    request.principal = await whoLooks(registry, request)
    const perform: Deed = async (asker) => {
      if (request.validationError) throw new Refusal('ROAR_REGISTRY_INVALID', 'A field is not as it is asked for.')
      return deed(asker, given as Static<ReturnType<typeof Type.Object<T>>>, request)
    }
    return answered(registry, request, reply, perform)
  })
}

async function answered(registry: Registry, request: FastifyRequest, reply: FastifyReply, deed: Deed) {
  const { principal } = request
  if (!principal.account) return reply.redirect('/login', 303)
  try {
    requireRight(principal, 'account')
    const notice = await deed({ principal, account: requireAccount(principal) }, request)
    // What has changed, scopes too, is read anew.
    request.principal = await whoLooks(registry, request)
    return await showAccount(registry, request, reply, notice)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return show(
      request,
      reply,
      pageAnswer({ site: siteOf(principal) }, messagePage('That did not work', error.message), error.status),
    )
  }
}

function tokenForms(app: App, registry: Registry): void {
  form(
    app,
    registry,
    'tokens',
    async ({ principal, account }, body, request) => {
      const rights = allRights.filter((right) => (body as Record<string, unknown>)[`right_${right}`] === 'yes')
      const days = Number(body.days)
      if (rights.length === 0 || days < 1 || days > 366)
        throw new Refusal('ROAR_REGISTRY_INVALID', 'A token has one right or more, and holds for 1 to 366 days.')
      const titles = await scopeTitles(registry, principal)
      const scope = body.project === '' ? null : principal.scopes.find((one) => titles.get(one.id) === body.project)
      if (scope === undefined) throw notFound('project')
      const wanted: TokenRequest = {
        name: body.name,
        rights,
        expires_in_days: days,
        ...(scope ? { project: body.project } : {}),
      }
      const made = await addToken(registry, principal, account, wanted, scope)
      await audit(registry, request, 'token.create', made.id)
      return html`<p class="notice" role="status">The token, shown this once: <code>${made.token}</code></p>`
    },
    NewToken,
  )
  form(
    app,
    registry,
    'tokens/revoke',
    async ({ account }, { id }, request) => {
      await revokeToken(registry, account.id, id)
      await audit(registry, request, 'token.revoke', id)
      return html`<p class="notice" role="status">The token is taken back.</p>`
    },
    Revoke,
  )
}

function scopeForms(app: App, registry: Registry): void {
  form(
    app,
    registry,
    'projects',
    async ({ account }, { name, visibility }, request) => {
      const project = await addProject(registry, account, { name, visibility })
      await audit(registry, request, 'project.create', project.id)
      return html`<p class="notice" role="status">The project is there.</p>`
    },
    NewProject,
  )
  form(
    app,
    registry,
    'members',
    async ({ principal }, { project, username, role }, request) => {
      const scope = principal.scopes.find((one) => one.id === project)
      await setMember(registry, scope, username, role === 'none' ? null : role)
      await audit(registry, request, 'project.member', `${project} ${username} ${role}`)
      return html`<p class="notice" role="status">The members are changed.</p>`
    },
    Membership,
  )
}

async function showAccount(registry: Registry, request: FastifyRequest, reply: FastifyReply, notice: Notice) {
  const { principal } = request
  const account = requireAccount(principal)
  const titles = await scopeTitles(registry, principal)
  const rows = await listTokens(registry, account.id)
  const members = await membersOf(registry, principal)
  const body = accountView({
    account,
    tokens: rows.map((row) => tokenDocument(row, row.scope === null ? null : (titles.get(row.scope) ?? row.scope))),
    keys: (await listKeys(registry, account.id)).map(keyDocument),
    scopes: principal.scopes.map((one) => ({
      ...one,
      title: titles.get(one.id) ?? one.name,
      members: members.filter(({ scope }) => scope === one.id),
    })),
    form: formToken(registry, request),
    notice,
  })
  reply.header('cache-control', 'no-store')
  return show(request, reply, { ...pageAnswer({ site: siteOf(principal) }, { title: 'Account', body }), shared: false })
}

async function scopeTitles(registry: Registry, { scopes }: Principal): Promise<ReadonlyMap<string, string>> {
  const names = await ownerNames(
    registry,
    scopes.map((one) => one.owner),
  )
  return new Map(
    scopes.map((one) => [one.id, one.kind === 'private' ? 'private' : `${names.get(one.owner)}/${one.name}`]),
  )
}

async function membersOf(registry: Registry, { scopes }: Principal) {
  const own = scopes.filter((one) => one.kind === 'project' && one.role === 'owner').map((one) => one.id)
  if (own.length === 0) return []
  return registry.database.read
    .selectFrom('members')
    .innerJoin('accounts', 'accounts.id', 'members.account')
    .select(['members.scope', 'members.role', 'accounts.name'])
    .where('members.scope', 'in', own)
    .execute()
}
