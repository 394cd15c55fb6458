/** Who we are at a registry: ROAR_TOKEN, else the login there, else the key that ROAR_SSH_KEY names, else nobody. */
import { isRoarError, type Registry, type RegistryCredentials, RoarError } from '@roar/core'
import type { Login, Logins, TokenLogin } from './auth-file.ts'
import type { Env } from './keyring.ts'

export interface CredentialSources {
  readonly registry: string
  readonly logins: Logins
  readonly env: Env
  /** Without credentials: what renews tokens. */
  readonly plain: Registry
}

/** Renewed so long before its end, against clocks that differ. Milliseconds. */
const early = 30_000

export async function credentials(sources: CredentialSources): Promise<RegistryCredentials | null> {
  const { env, logins, registry } = sources
  if (env.ROAR_TOKEN) return { bearer: env.ROAR_TOKEN.trim() }
  const login = await logins.get(registry)
  if (login === null) return env.ROAR_SSH_KEY ? { sshKey: env.ROAR_SSH_KEY } : null
  if (login.method === 'ssh') return { sshKey: login.key }
  if (login.expires_at === null || login.expires_at - early > Date.now()) return { bearer: login.access_token }
  return { bearer: await renewed(sources, login) }
}

async function renewed({ logins, registry, plain }: CredentialSources, login: TokenLogin): Promise<string> {
  if (login.refresh_token === null) throw expired(registry)
  try {
    const tokens = await plain.accounts?.refresh(login.refresh_token)
    if (!tokens) throw expired(registry)
    const { access_token, refresh_token } = tokens
    await logins.put(registry, {
      ...login,
      access_token,
      refresh_token,
      expires_at: Date.now() + tokens.expires_in * 1000,
    })
    return access_token
  } catch (error) {
    if (!isRoarError(error) || error.code === 'ROAR_REGISTRY_UNREACHABLE') throw error
    // A token can be renewed once: another roar was quicker, and wrote down what it got.
    const now = await logins.get(registry)
    if (isFresh(now, login)) return now.access_token
    throw expired(registry)
  }
}

const isFresh = (now: Login | null, before: TokenLogin): now is TokenLogin =>
  now !== null && now.method !== 'ssh' && now.access_token !== before.access_token

const expired = (registry: string): RoarError =>
  new RoarError('ROAR_LOGIN_NEEDED', `The login at ${registry} has ended.`, { remedy: ['roar login'] })
