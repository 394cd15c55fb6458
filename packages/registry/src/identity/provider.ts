/** Talks to an outside login provider: the authorization-code flow of OAuth 2, with OpenID's discovery where there is an issuer. */
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

async function endpointsOf({ issuer }: LoginProvider): Promise<Endpoints> {
  if (issuer === undefined)
    return {
      authorize: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      profile: 'https://api.github.com/user',
      scope: 'read:user user:email',
    }
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

export async function startProviderLogin(provider: LoginProvider, callback: string, state: string): Promise<string> {
  const { authorize, scope } = await endpointsOf(provider)
  const url = new URL(authorize)
  const wanted = { response_type: 'code', client_id: provider.clientId, redirect_uri: callback, scope, state }
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
  return url.href
}

/** Who it was. The profile is asked for over our own connection to the provider, so its signature is that of TLS. */
export async function finishProviderLogin(
  registry: Registry,
  provider: LoginProvider,
  callback: string,
  code: string,
): Promise<Account> {
  const { token, profile } = await endpointsOf(provider)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
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
