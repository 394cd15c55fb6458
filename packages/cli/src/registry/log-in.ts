/** Logging in: by a browser on any machine, by a token, or by an SSH key. */
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LoginTokens, type RegistryAccounts, type RegistryIdentity, RoarError } from '@roar/core'
import type { Login } from './auth-file.ts'
import type { Connection } from './connect-registry.ts'

export interface LoginRequest {
  readonly token: string | null
  readonly sshKey: string | null
  readonly keyring: boolean
  readonly browser: boolean
  /** What a person is to do; called once. */
  readonly show: (address: string, code: string) => void
}

export async function logIn(connection: Connection, request: LoginRequest): Promise<Login> {
  const login = await chosen(connection, request)
  await connection.logins.put(connection.url, login)
  return login
}

function chosen(connection: Connection, request: LoginRequest): Promise<Login> {
  if (request.token !== null) return byToken(connection, request.token, request.keyring)
  if (request.sshKey !== null) return byKey(connection, request.sshKey)
  return byBrowser(connection, request)
}

const accountsOf = ({ registry, url }: Connection): RegistryAccounts => {
  if (registry.accounts) return registry.accounts
  throw new RoarError('ROAR_LOGIN_FAILED', `${url} has no accounts.`)
}

async function byBrowser(connection: Connection, { browser, show, keyring }: LoginRequest): Promise<Login> {
  const accounts = accountsOf(connection)
  const device = await accounts.startLogin(`roar on ${hostname()}`)
  show(device.verification_uri_complete, device.user_code)
  if (browser) openBrowser(device.verification_uri_complete)
  const tokens = await confirmed(accounts, device.device_code, device.interval, Date.now() + device.expires_in * 1000)
  const { access_token, refresh_token, expires_in, provider, user } = tokens
  const { id, username, email } = user
  return {
    ...{ method: 'device', access_token, refresh_token, provider, user: { id, username, email } },
    expires_at: Date.now() + expires_in * 1000,
    ...(keyring && { keyring }),
  }
}

/** RFC 8628, section 3.5: not oftener than asked, and five seconds less often each time we are told so. */
async function confirmed(
  accounts: RegistryAccounts,
  code: string,
  interval: number,
  end: number,
): Promise<LoginTokens> {
  for (let wait = interval; Date.now() < end; ) {
    await sleep(wait * 1000)
    const said = await accounts.pollLogin(code)
    if (said === 'slow') wait += 5
    else if (said !== null) return said
  }
  throw new RoarError('ROAR_LOGIN_FAILED', 'The login was not confirmed in time.', { remedy: ['roar login'] })
}

async function byToken(connection: Connection, token: string, keyring: boolean): Promise<Login> {
  const identity = await known(connection, { bearer: token })
  return {
    ...{ method: 'token', access_token: token, refresh_token: null, expires_at: null, provider: null },
    user: identity.user,
    ...(keyring && { keyring }),
  }
}

async function byKey(connection: Connection, key: string): Promise<Login> {
  const identity = await known(connection, { sshKey: key })
  return { method: 'ssh', key, user: identity.user }
}

/** Nothing is kept that the registry does not know. */
async function known(
  { connectAs, url }: Connection,
  credentials: { readonly bearer: string } | { readonly sshKey: string },
): Promise<RegistryIdentity> {
  const identity = await connectAs(credentials).accounts?.whoAmI()
  if (identity?.authenticated) return identity
  throw new RoarError('ROAR_LOGIN_FAILED', `${url} does not know who that is.`, { remedy: ['roar login'] })
}

/** Best effort: where there is no desktop the address is copied by hand. */
function openBrowser(address: string): void {
  const { spawn } = process.getBuiltinModule('node:child_process')
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
