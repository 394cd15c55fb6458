/** Accounts of the registry itself, and those that an outside provider vouches for. */

import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import type { Account } from './principal.ts'
import { addPrivateScope, newId } from './scopes.ts'
import { hashPassword, passwordMatches } from './secrets.ts'

export const accountName = /^[a-z0-9]([a-z0-9-]{0,37}[a-z0-9])?$/

const accountOf = (row: Row<'accounts'>): Account => ({
  id: row.id,
  name: row.name,
  email: row.email,
  provider: row.provider,
})

export async function addAccount(
  registry: Registry,
  wanted: { name: string; password: string | null; email?: string | null; provider?: string; subject?: string },
): Promise<Account> {
  if (!accountName.test(wanted.name))
    throw new Refusal('ROAR_REGISTRY_INVALID', 'An account name is 1 to 39 lower-case letters, digits and dashes.')
  if (wanted.password !== null && wanted.password.length < 10)
    throw new Refusal('ROAR_REGISTRY_INVALID', 'A password has 10 characters or more.')
  const row: Row<'accounts'> = {
    id: newId(),
    name: wanted.name,
    email: wanted.email ?? null,
    password: wanted.password === null ? null : await hashPassword(wanted.password),
    provider: wanted.provider ?? 'local',
    subject: wanted.subject ?? wanted.name,
    created_at: registry.now(),
    disabled_at: null,
  }
  await registry.database.write(async (tx) => {
    const added = await registry.database.insertNew(tx, 'accounts', [row])
    if (added === 0) throw new Refusal('ROAR_REGISTRY_CONFLICT', `The account name '${wanted.name}' is taken.`)
    await addPrivateScope(registry, tx, row.id)
  })
  return accountOf(row)
}

/** Null for a wrong password and for an account that does not exist, after the same time. */
export async function signIn(registry: Registry, name: string, password: string): Promise<Account | null> {
  const row = await registry.database.read
    .selectFrom('accounts')
    .selectAll()
    .where('name', '=', name)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  const matches = await passwordMatches(password, row?.password ?? null)
  return row && matches ? accountOf(row) : null
}

export async function accountById(registry: Registry, id: string): Promise<Account | null> {
  const row = await registry.database.read
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row ? accountOf(row) : null
}

export async function accountByName(registry: Registry, name: string): Promise<Account | null> {
  const row = await registry.database.read
    .selectFrom('accounts')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? accountOf(row) : null
}

/** The account that a provider's subject has here; made at its first visit, where sign-up is open. */
export async function accountOfSubject(
  registry: Registry,
  provider: string,
  subject: string,
  profile: { name: string; email: string | null },
): Promise<Account> {
  const row = await registry.database.read
    .selectFrom('accounts')
    .selectAll()
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
  if (row?.disabled_at != null) throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'This account is disabled.')
  if (row) return accountOf(row)
  if (!registry.settings.signup)
    throw new Refusal('ROAR_REGISTRY_FORBIDDEN', 'This registry makes no accounts by itself.', {
      remedy: ['Ask its administrator: roar registry account add NAME'],
    })
  return addAccount(registry, { name: freeName(profile.name), password: null, email: profile.email, provider, subject })
}

const freeName = (name: string): string => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30)
  return plain === ''
    ? `user-${newId()
        .replace(/[^a-z0-9]/g, '')
        .slice(0, 8)}`
    : plain
}
