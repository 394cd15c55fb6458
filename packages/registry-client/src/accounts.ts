/** Accounts of a registry. */
import { type LoginTokens, type RegistryAccounts, type RegistryKey, type RegistryProject, RoarError } from '@roar/core'
import type { Answer, RegistryHttp } from './http/request.ts'

const client = 'roar-cli'
const grant = 'urn:ietf:params:oauth:grant-type:device_code'

export const accountsOf = (http: RegistryHttp): RegistryAccounts => ({
  startLogin: (clientName) => http.post('/auth/device/start', { client_id: client, client_name: clientName }),
  pollLogin: async (deviceCode) => {
    const body = { grant_type: grant, device_code: deviceCode, client_id: client }
    return decided(await http.send('POST', '/auth/device/token', body, { accept: [400, 401, 403, 428, 429] }))
  },
  refresh: (refreshToken) =>
    http.post('/auth/refresh', { refresh_token: refreshToken, client_id: client }, { again: false }),
  logout: async (refreshToken) => {
    await http.post('/auth/logout', { refresh_token: refreshToken })
  },
  whoAmI: () => http.get('/auth/me'),
  projects: () => http.get<readonly RegistryProject[]>('/projects'),
  createProject: (name, visibility) => http.post('/projects', { name, visibility }),
  tokens: () => http.get('/tokens'),
  // Twice would be two tokens.
  createToken: (request) => http.post('/tokens', request, { again: false }),
  revokeToken: (id) => http.delete(`/tokens/${encodeURIComponent(id)}`),
  addKey: (publicKey, name) => http.post<RegistryKey>('/ssh-keys', { public_key: publicKey, name }),
  keys: () => http.get('/ssh-keys'),
  removeKey: (fingerprint) => http.delete(`/ssh-keys/${encodeURIComponent(fingerprint)}`),
})

/** RFC 8628, section 3.5. */
function decided({ status, body }: Answer): LoginTokens | 'slow' | null {
  if (status === 200) return body as LoginTokens
  const { error, error_description: why } = body as { error?: string; error_description?: string }
  if (error === 'authorization_pending') return null
  if (error === 'slow_down' || status === 429) return 'slow'
  throw new RoarError('ROAR_LOGIN_FAILED', denied(error), { cause: why ?? '', remedy: ['roar login'] })
}

const denied = (error: string | undefined): string =>
  error === 'access_denied' ? 'The login was denied.' : 'The login was not confirmed in time.'
