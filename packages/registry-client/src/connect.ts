/** One registry: every method is one request, or a few. */
import type { Registry, RegistryConnection, RegistryHealth } from '@roar/core'
import { accountsOf } from './accounts.ts'
import { RegistryHttp } from './http/request.ts'
import { register } from './register/register.ts'

export function connect(connection: RegistryConnection): Registry {
  const http = new RegistryHttp(connection)
  const health = (): Promise<RegistryHealth> => http.get('/health')
  return {
    url: connection.url,
    health,
    register: (publication, options = {}) => register(http, publication, options),
    artifact: (digest) => http.find(`/artifacts/${encodeURIComponent(digest)}`),
    session: (hash) => http.find(`/sessions/${encodeURIComponent(hash)}`),
    lineage: (digest, query = {}) => http.find(`/artifacts/${encodeURIComponent(digest)}/lineage${asQuery(query)}`),
    recipe: (target) =>
      'session' in target
        ? http.find(`/sessions/${encodeURIComponent(target.session)}/reproduction`)
        : http.find(`/artifacts/${encodeURIComponent(target.digest)}/reproduction`),
    receipt: async (claim) => {
      await http.post('/receipts', claim)
    },
    accounts: accountsOf(http),
  }
}

function asQuery(query: object): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) words.set(name, String(value))
  return words.size === 0 ? '' : `?${words}`
}
