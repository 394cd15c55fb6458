/** Who asks, and what that one may see and do. */
import type { MemberRole, Right } from '../api/index.ts'
import { publicRealm, type Realm } from '../realm/realm.ts'
import { Refusal } from '../refusal.ts'

/** A private scope, or a project of either kind, that the caller belongs to. */
export interface Scope {
  readonly id: string
  readonly kind: 'private' | 'project'
  readonly owner: string
  readonly name: string
  readonly visibility: 'private' | 'public'
  readonly role: MemberRole
  readonly realm: Realm
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly provider: string
}

export interface Principal {
  readonly account: Account | null
  readonly method: 'anonymous' | 'token' | 'ssh'
  readonly rights: ReadonlySet<Right>
  /** Those that the token, if it is bound to one, leaves over. */
  readonly scopes: readonly Scope[]
  /** Set for a token that is bound to one scope. */
  readonly boundTo: string | null
  /** Of an API token: what it makes ends no later. Milliseconds since the epoch. */
  readonly endsAt?: number
}

export const anonymous: Principal = {
  account: null,
  method: 'anonymous',
  rights: new Set<Right>(['read', 'write']),
  scopes: [],
  boundTo: null,
}

/** Every realm whose digests the caller may ask for; the public one is always the first. */
export function realmsOf(principal: Principal): readonly Realm[] {
  const own = principal.rights.has('read') ? principal.scopes.filter((scope) => scope.realm.keys !== null) : []
  return [publicRealm, ...own.map((scope) => scope.realm)]
}

/** To be asked for beside a key: of a row that the caller may not see nothing is read, or a large one would take longer than none. */
export const realmIds = (principal: Principal): readonly number[] => realmsOf(principal).map(({ id }) => id)

export const realmById = (principal: Principal, id: number): Realm | null =>
  realmsOf(principal).find((realm) => realm.id === id) ?? null

export function requireRight(principal: Principal, right: Right): void {
  if (principal.rights.has(right)) return
  throw new Refusal('ROAR_REGISTRY_FORBIDDEN', `This token may not ${right}.`, {
    remedy: [`Make one with the right: POST /api/v1/tokens {"rights": ["${right}", …]}`],
  })
}

export function requireAccount(principal: Principal): Account {
  if (principal.account) return principal.account
  throw new Refusal('ROAR_REGISTRY_UNAUTHENTICATED', 'This needs an account.', { remedy: ['roar login'] })
}
