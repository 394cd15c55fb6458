/** What an account has: tokens, SSH keys, projects. */
import { Type } from 'typebox'
import {
  AccountName,
  Identifier,
  MemberRequest,
  Project,
  ProjectRequest,
  SshKey,
  SshKeyRequest,
  TokenCreated,
  TokenInfo,
  TokenRequest,
} from '../../api/index.ts'
import { type Principal, requireAccount, requireRight } from '../../identity/principal.ts'
import { addProject, ownerNames, projectDocument, setMember } from '../../identity/scopes.ts'
import { addKey, keyDocument, listKeys, removeKey } from '../../identity/ssh-keys.ts'
import { addToken, allRights, listTokens, revokeToken, tokenDocument } from '../../identity/tokens.ts'
import { notFound, Refusal } from '../../refusal.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import type { App } from '../app.ts'

const tags = ['account']
const nothing = { 204: Type.Null() }

/** The caller's account, if what he shows may change it. */
function ownAccount(principal: Principal) {
  const account = requireAccount(principal)
  requireRight(principal, 'account')
  return account
}

/** A key may do all that its account may: what shows less than that must not make one. */
function requireEverything(principal: Principal) {
  const account = ownAccount(principal)
  for (const right of allRights) requireRight(principal, right)
  if (principal.boundTo !== null) throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'This token is bound to one project.')
  return account
}

export function accountRoutes(app: App, registry: Registry): void {
  tokenRoutes(app, registry)
  keyRoutes(app, registry)
  projectRoutes(app, registry)
}

function tokenRoutes(app: App, registry: Registry): void {
  app.get('/api/v1/tokens', { schema: { tags, response: { 200: Type.Array(TokenInfo) } } }, async ({ principal }) => {
    const rows = await listTokens(registry, ownAccount(principal).id)
    const names = await projectNames(registry, principal)
    return rows.map((row) => tokenDocument(row, row.scope === null ? null : (names.get(row.scope) ?? row.scope)))
  })
  app.post(
    '/api/v1/tokens',
    { schema: { tags, body: TokenRequest, response: { 201: TokenCreated } } },
    async (request, reply) => {
      const { principal, body } = request
      const account = ownAccount(principal)
      const names = await projectNames(registry, principal)
      const scope = body.project ? principal.scopes.find((one) => names.get(one.id) === body.project) : null
      if (scope === undefined) throw notFound('project')
      const token = await addToken(registry, principal, account, body, scope)
      await audit(registry, request, 'token.create', token.id)
      return reply.code(201).header('cache-control', 'no-store').send(token)
    },
  )
  app.delete(
    '/api/v1/tokens/:id',
    { schema: { tags, params: Type.Object({ id: Identifier }), response: nothing } },
    async (request, reply) => {
      await revokeToken(registry, ownAccount(request.principal).id, request.params.id)
      await audit(registry, request, 'token.revoke', request.params.id)
      return reply.code(204).send(null)
    },
  )
}

async function projectNames(registry: Registry, { scopes }: Principal): Promise<ReadonlyMap<string, string>> {
  const names = await ownerNames(
    registry,
    scopes.map((scope) => scope.owner),
  )
  return new Map(scopes.map((scope) => [scope.id, `${names.get(scope.owner)}/${scope.name}`]))
}

function keyRoutes(app: App, registry: Registry): void {
  app.get('/api/v1/ssh-keys', { schema: { tags, response: { 200: Type.Array(SshKey) } } }, async ({ principal }) =>
    (await listKeys(registry, ownAccount(principal).id)).map(keyDocument),
  )
  app.post(
    '/api/v1/ssh-keys',
    { schema: { tags, body: SshKeyRequest, response: { 201: SshKey } } },
    async (request, reply) => {
      const account = requireEverything(request.principal)
      const key = await addKey(registry, account.id, request.body.public_key, request.body.name ?? null)
      await audit(registry, request, 'key.add', key.fingerprint)
      return reply.code(201).send(keyDocument(key))
    },
  )
  app.delete(
    '/api/v1/ssh-keys/:fingerprint',
    {
      schema: {
        tags,
        params: Type.Object({ fingerprint: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}$' }) }),
        response: nothing,
      },
    },
    async (request, reply) => {
      await removeKey(registry, ownAccount(request.principal).id, request.params.fingerprint)
      await audit(registry, request, 'key.remove', request.params.fingerprint)
      return reply.code(204).send(null)
    },
  )
}

function projectRoutes(app: App, registry: Registry): void {
  app.get('/api/v1/projects', { schema: { tags, response: { 200: Type.Array(Project) } } }, async ({ principal }) => {
    requireAccount(principal)
    const projects = principal.scopes.filter((scope) => scope.kind === 'project')
    const names = await ownerNames(
      registry,
      projects.map((scope) => scope.owner),
    )
    return projects.map((scope) => projectDocument(scope, names.get(scope.owner) ?? ''))
  })
  app.post(
    '/api/v1/projects',
    { schema: { tags, body: ProjectRequest, response: { 201: Project } } },
    async (request, reply) => {
      const { principal } = request
      const account = ownAccount(principal)
      if (principal.boundTo !== null)
        throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'This token is bound to one project.')
      const project = await addProject(registry, account, request.body)
      await audit(registry, request, 'project.create', project.id)
      return reply.code(201).send(project)
    },
  )
  const params = Type.Object({ id: Identifier, username: AccountName })
  const at = '/api/v1/projects/:id/members/:username'
  const change = async (request: Parameters<typeof audit>[1], role: MemberRoleOrNone) => {
    const { id, username } = request.params as { id: string; username: string }
    ownAccount(request.principal)
    const scope = request.principal.scopes.find((one) => one.id === id)
    await setMember(registry, scope, username, role)
    await audit(registry, request, 'project.member', `${id} ${username} ${role ?? 'none'}`)
  }
  app.put(at, { schema: { tags, params, body: MemberRequest, response: nothing } }, async (request, reply) => {
    if (request.body.username !== request.params.username)
      throw new Refusal('ROAR_REGISTRY_INVALID', 'The address and the body name two accounts.')
    await change(request, request.body.role)
    return reply.code(204).send(null)
  })
  app.delete(at, { schema: { tags, params, response: nothing } }, async (request, reply) => {
    await change(request, null)
    return reply.code(204).send(null)
  })
}

type MemberRoleOrNone = Parameters<typeof setMember>[3]
