/** Where a registration goes: which realm, under whose name, visible to whom. */
import type { ScopeRequest } from '../api/index.ts'
import type { Principal, Scope } from '../identity/principal.ts'
import { requireAccount, requireRight } from '../identity/principal.ts'
import { ownerNames } from '../identity/scopes.ts'
import { publicRealm, type Realm } from '../realm/realm.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'

export const visibilities = ['anonymous', 'public', 'private', 'project'] as const
export type VisibilityName = (typeof visibilities)[number]

export interface Destination {
  readonly realm: Realm
  /** A scope's id, or `anonymous`, `public`. */
  readonly scope: string
  readonly visibility: VisibilityName
  /** Who vouches for it; null: nobody, it is anonymous. */
  readonly account: string | null
}

export const visibilityNumber = (name: VisibilityName): number => visibilities.indexOf(name)

/** Older clients name no scope for what they publish openly; whether under a name, is said by how they began it. */
const openly = (account: string | null): Destination => ({
  realm: publicRealm,
  scope: account === null ? 'anonymous' : 'public',
  visibility: account === null ? 'anonymous' : 'public',
  account,
})

/** `attributed`: without a scope it is published under the caller's name, otherwise under none. */
export async function destinationOf(
  registry: Registry,
  principal: Principal,
  request: ScopeRequest | null | undefined,
  attributed: boolean,
): Promise<Destination> {
  requireRight(principal, 'write')
  if (!request) {
    if (principal.boundTo !== null) return inScope(principal, principal.scopes[0])
    return openly(attributed ? requireAccount(principal).id : null)
  }
  const account = requireAccount(principal)
  if (request.project !== undefined || request.project_id !== undefined)
    return inScope(principal, await projectOf(registry, principal, request))
  if (request.owner_id !== undefined && request.owner_id !== account.id) throw notFound('scope')
  if (request.visibility === 'private')
    return inScope(
      principal,
      principal.scopes.find((scope) => scope.kind === 'private'),
    )
  if (principal.boundTo !== null) throw notFound('scope')
  return openly(account.id)
}

async function projectOf(registry: Registry, principal: Principal, request: ScopeRequest): Promise<Scope | undefined> {
  const projects = principal.scopes.filter((scope) => scope.kind === 'project')
  const names = await ownerNames(
    registry,
    projects.map((scope) => scope.owner),
  )
  const found = projects.find((scope) =>
    request.project_id === undefined
      ? `${names.get(scope.owner)}/${scope.name}` === request.project
      : scope.id === request.project_id,
  )
  if (found?.visibility === 'private' && request.visibility === 'public')
    throw new Refusal('ROAR_REGISTRY_CONFLICT', 'The project is private: nothing in it can be public.', {
      remedy: ['Use a public project, or the public scope.'],
    })
  return found
}

function inScope(principal: Principal, scope: Scope | undefined): Destination {
  if (!scope) throw notFound('scope')
  if (scope.role === 'reader') throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'You may read this project, not add to it.')
  const visibility = scope.kind === 'project' ? 'project' : 'private'
  return { realm: scope.realm, scope: scope.id, visibility, account: principal.account?.id ?? null }
}
