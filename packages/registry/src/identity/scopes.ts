/** The scopes of an account: its private one, and its projects. */
import { randomBytes, randomInt } from 'node:crypto'
import type { MemberRole, Project, ProjectRequest } from '../api/index.ts'
import type { Writer } from '../database/database.ts'
import { newRealmKey, openRealm, publicRealm } from '../realm/realm.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import type { Account, Scope } from './principal.ts'

/** 96 bits in hex: nobody takes it for an option on a command line. */
export const newId = (): string => randomBytes(12).toString('hex')

/** Positive, below 2^48, by chance: no counter that servers would have to share. */
const newRealm = (): number => randomInt(1, 2 ** 48 - 1)

function scopeRow(
  registry: Registry,
  scope: Pick<Row<'scopes'>, 'kind' | 'owner' | 'name' | 'visibility'>,
): Row<'scopes'> {
  const isPrivate = scope.visibility === 'private'
  const realm = isPrivate ? newRealm() : publicRealm.id
  const wrapped_key = isPrivate ? newRealmKey(registry.serverKey, realm) : null
  return { id: newId(), realm, wrapped_key, created_at: registry.now(), ...scope }
}

/** Part of making an account: there is no moment in which it lacks its private scope. */
export async function addPrivateScope(registry: Registry, tx: Writer, account: string): Promise<void> {
  const row = scopeRow(registry, { kind: 'private', owner: account, name: '', visibility: 'private' })
  await registry.database.insertNew(tx, 'scopes', [row])
  await addMember(registry, tx, row.id, account, 'owner')
}

const addMember = (registry: Registry, tx: Writer, scope: string, account: string, role: MemberRole) =>
  registry.database.insertNew(tx, 'members', [{ scope, account, role, added_at: registry.now() }])

export async function scopesOf(registry: Registry, account: string): Promise<readonly Scope[]> {
  const rows = await registry.database.read
    .selectFrom('members')
    .innerJoin('scopes', 'scopes.id', 'members.scope')
    .selectAll('scopes')
    .select('members.role')
    .where('members.account', '=', account)
    .orderBy('scopes.created_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as Scope['kind'],
    owner: row.owner,
    name: row.name,
    visibility: row.visibility as Scope['visibility'],
    role: row.role as MemberRole,
    realm: openRealm(registry.serverKey, row.realm, row.wrapped_key),
  }))
}

export async function addProject(registry: Registry, account: Account, request: ProjectRequest): Promise<Project> {
  const row = scopeRow(registry, { kind: 'project', owner: account.id, ...request })
  const added = await registry.database.write(async (tx) => {
    const count = await registry.database.insertNew(tx, 'scopes', [row])
    if (count === 1) await addMember(registry, tx, row.id, account.id, 'owner')
    return count
  })
  if (added === 0) throw new Refusal('ROAR_REGISTRY_CONFLICT', `You have a project '${request.name}' already.`)
  return projectDocument({ ...request, id: row.id, owner: account.id, role: 'owner' }, account.name)
}

export function projectDocument(
  scope: Pick<Scope, 'id' | 'name' | 'owner' | 'visibility' | 'role'>,
  ownerName: string,
): Project {
  return {
    id: scope.id,
    name: scope.name,
    slug: scope.name,
    owner_id: scope.owner,
    owner_name: ownerName,
    visibility: scope.visibility,
    role: scope.role,
    can_write: scope.role !== 'reader',
  }
}

export async function ownerNames(registry: Registry, owners: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (owners.length === 0) return new Map()
  const rows = await registry.database.read
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(owners)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Only an owner of the project may; to others it does not exist. */
export async function setMember(
  registry: Registry,
  scope: Scope | undefined,
  username: string,
  role: MemberRole | null,
): Promise<void> {
  if (scope?.kind !== 'project' || scope.role !== 'owner') throw notFound('project')
  await registry.database.write(async (tx) => {
    const member = await tx.selectFrom('accounts').select('id').where('name', '=', username).executeTakeFirst()
    if (!member) throw notFound('account')
    if (member.id === scope.owner)
      throw new Refusal('ROAR_REGISTRY_CONFLICT', 'The owner of a project stays its owner.')
    await tx.deleteFrom('members').where('scope', '=', scope.id).where('account', '=', member.id).execute()
    if (role) await addMember(registry, tx, scope.id, member.id, role)
  })
}
