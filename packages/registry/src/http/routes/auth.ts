/** Logging in and out, and who one is. */
import { Type } from 'typebox'
import {
  AccessContext,
  DeviceCode,
  DeviceRefusal,
  DeviceStart,
  DeviceTokenRequest,
  ErrorDocument,
  OpenObject,
  RefreshRequest,
  TokenSet,
  WhoAmI,
} from '../../api/index.ts'
import { accountById } from '../../identity/accounts.ts'
import { pollDevice, startDevice, tokenSet, userDocument } from '../../identity/device-flow.ts'
import { requireAccount } from '../../identity/principal.ts'
import { ownerNames, projectDocument } from '../../identity/scopes.ts'
import { logout, refreshLogin } from '../../identity/tokens.ts'
import { Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import type { App } from '../app.ts'

const tags = ['identity']

export function authRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/auth/device/start',
    { schema: { tags, body: DeviceStart, response: { 200: DeviceCode } } },
    async (request) => startDevice(registry, request.body.client_name ?? request.body.client_id ?? 'a program'),
  )
  app.post(
    '/api/v1/auth/device/token',
    {
      schema: {
        tags,
        body: DeviceTokenRequest,
        response: { 200: TokenSet, 400: Type.Union([DeviceRefusal, ErrorDocument]) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const answer = await pollDevice(registry, request.body.grant_type, request.body.device_code)
      if ('refusal' in answer) return reply.code(400).send(answer.refusal)
      await audit(registry, request, 'device.login', null, answer.tokens.user.id)
      return answer.tokens
    },
  )
  tokenRoutes(app, registry)
  callerRoutes(app, registry)
}

function tokenRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/auth/refresh',
    { schema: { tags, body: RefreshRequest, response: { 200: TokenSet } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const renewed = await refreshLogin(registry, request.body.refresh_token)
      const account = renewed ? await accountById(registry, renewed.account) : null
      if (!renewed || !account)
        throw new Refusal(
          'ROAR_REGISTRY_UNAUTHENTICATED',
          'The refresh token is not valid: it has ended, or was used.',
          {
            remedy: ['roar login'],
          },
        )
      await audit(registry, request, 'token.refresh', null, account.id)
      return tokenSet(registry, account, renewed.tokens)
    },
  )
  app.post(
    '/api/v1/auth/logout',
    { schema: { tags, body: OpenObject, response: { 200: Type.Object({ status: Type.String() }) } } },
    async (request) => {
      const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (token) await logout(registry, token.trim())
      return { status: 'logged out' }
    },
  )
}

function callerRoutes(app: App, registry: Registry): void {
  app.get('/api/v1/auth/me', { schema: { tags, response: { 200: WhoAmI } } }, async ({ principal }) => ({
    authenticated: principal.account !== null,
    method: principal.method,
    rights: [...principal.rights],
    user: principal.account ? userDocument(principal.account) : null,
    creator_identity: principal.account ? `glaas:user:${principal.account.id}` : 'anonymous',
  }))
  for (const path of ['/api/v1/auth/access-context', '/api/v1/user/access-context'])
    app.get(path, { schema: { tags, response: { 200: AccessContext } } }, async ({ principal }) =>
      accessContext(registry, principal),
    )
}

async function accessContext(
  registry: Registry,
  principal: Parameters<typeof requireAccount>[0],
): Promise<AccessContext> {
  const account = requireAccount(principal)
  const projects = principal.scopes.filter((scope) => scope.kind === 'project')
  const names = await ownerNames(registry, [account.id, ...projects.map((scope) => scope.owner)])
  const byOwner: AccessContext['projects_by_owner'] = {}
  for (const scope of projects) {
    const document = projectDocument(scope, names.get(scope.owner) ?? '')
    byOwner[scope.owner] = [...(byOwner[scope.owner] ?? []), document]
  }
  const owners = [...names].map(([id, name]) => ({ id, type: 'user' as const, name, slug: name, username: name }))
  return { user: userDocument(account), owners, projects_by_owner: byOwner }
}
