/** Talks to an outside login provider: the authorization-code flow of OAuth 2, with OpenID's discovery where there is an issuer. */
import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { LoginProvider, Registry } from '../registry.ts'
import { accountOfSubject } from './accounts.ts'
import type { Account } from './principal.ts'

interface Endpoints {
  readonly authorize: string
  readonly token: string
  readonly profile: string
  readonly scope: string
}

const timeout = 10_000

const github = (pages: string, api: string): Endpoints => ({
  authorize: `${pages}/login/oauth/authorize`,
  token: `${pages}/login/oauth/access_token`,
  profile: `${api}/user`,
  scope: 'read:user user:email',
})

async function endpointsOf({ issuer, server }: LoginProvider): Promise<Endpoints> {
  if (server !== undefined) return github(server, `${server}/api/v3`)
  if (issuer === undefined) return github('https://github.com', 'https://api.github.com')
  const found = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const { authorization_endpoint, token_endpoint, userinfo_endpoint } = found as Record<string, string>
  if (!authorization_endpoint || !token_endpoint || !userinfo_endpoint)
    throw failed('its discovery document is incomplete')
  return {
    authorize: authorization_endpoint,
    token: token_endpoint,
    profile: userinfo_endpoint,
    scope: 'openid profile email',
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const headers = { accept: 'application/json', 'user-agent': 'roar-registry', ...init.headers }
  try {
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(timeout), redirect: 'error' })
    if (!answer.ok) throw failed(`it answered ${answer.status}`)
    return (await answer.json()) as Record<string, unknown>
  } catch (error) {
    throw error instanceof Refusal ? error : failed(String(error))
  }
}

const failed = (cause: string): Refusal =>
  new Refusal('ROAR_REGISTRY_UNAVAILABLE', 'The login provider cannot be used now.', { cause, retryAfter: 30 })

/** What of a login is known before the provider is asked. */
export interface BegunLogin {
  readonly callback: string
  readonly state: string
  /** RFC 7636: only who began the login can end it, even if the code was seen on its way. Many providers insist on it. */
  readonly verifier: string
}

export async function startProviderLogin(provider: LoginProvider, login: BegunLogin): Promise<string> {
  const { authorize, scope } = await endpointsOf(provider)
  const url = new URL(authorize)
  const wanted = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: login.callback,
    scope,
    state: login.state,
    code_challenge: createHash('sha256').update(login.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
  return url.href
}

/** Who it was. The profile is asked for over our own connection to the provider, so its signature is that of TLS. */
export async function finishProviderLogin(
  registry: Registry,
  provider: LoginProvider,
  login: Omit<BegunLogin, 'state'>,
  code: string,
): Promise<Account> {
  const { token, profile } = await endpointsOf(provider)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: login.callback,
    code_verifier: login.verifier,
    client_id: provider.clientId,
    client_secret: provider.clientSecret,
  })
  const granted = await ask(token, { method: 'POST', body })
  if (typeof granted.access_token !== 'string') throw failed('it gave no access token')
  const person = await ask(profile, { headers: { authorization: `Bearer ${granted.access_token}` } })
  const subject = person.sub ?? person.id
  if (typeof subject !== 'string' && typeof subject !== 'number') throw failed('its profile names nobody')
  return accountOfSubject(registry, provider.name, String(subject), {
    name: String(person.preferred_username ?? person.login ?? person.nickname ?? ''),
    email: typeof person.email === 'string' ? person.email : null,
  })
}
