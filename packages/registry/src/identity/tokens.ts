/** Bearer tokens: those of a login, which renew each other, and those for programs, with fewer rights and an end. */
import type { Right, TokenInfo, TokenRequest } from '../api/index.ts'
import type { Database, Writer } from '../database/database.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import type { Account, Principal, Scope } from './principal.ts'
import { newId } from './scopes.ts'
import { newToken, tokenHash } from './secrets.ts'

export const allRights: readonly Right[] = ['read', 'write', 'withdraw', 'account']
const hour = 3_600_000
const day = 24 * hour
export const accessLifetime = 12 * hour
const refreshLifetime = 90 * day
/** The time of a token's last use is written this seldom. */
const usedEvery = 5 * 60_000

interface Wanted {
  readonly account: string
  readonly kind: 'access' | 'refresh' | 'api'
  readonly name: string
  readonly rights: readonly Right[]
  readonly scope: string | null
  readonly lifetime: number
  readonly family: string
}

async function issue(
  database: Database,
  tx: Writer,
  now: number,
  wanted: Wanted,
): Promise<{ token: string; row: Row<'tokens'> }> {
  const token = newToken(wanted.kind)
  const { lifetime, rights, ...rest } = wanted
  const row: Row<'tokens'> = {
    id: newId(),
    hash: tokenHash(token),
    ...rest,
    rights: rights.join(' '),
    created_at: now,
    expires_at: now + lifetime,
    last_used_at: null,
    revoked_at: null,
  }
  await database.insertNew(tx, 'tokens', [row])
  return { token, row }
}

export interface LoginTokens {
  readonly access: string
  readonly refresh: string
  readonly expiresIn: number
  readonly refreshExpiresAt: number
}

export async function issueLogin(
  registry: Registry,
  tx: Writer,
  account: string,
  client: string,
  family = newId(),
): Promise<LoginTokens> {
  const now = registry.now()
  const shared = { account, name: client, rights: allRights, scope: null, family }
  const { database } = registry
  const access = await issue(database, tx, now, { ...shared, kind: 'access', lifetime: accessLifetime })
  const refresh = await issue(database, tx, now, { ...shared, kind: 'refresh', lifetime: refreshLifetime })
  return {
    access: access.token,
    refresh: refresh.token,
    expiresIn: accessLifetime / 1000,
    refreshExpiresAt: refresh.row.expires_at,
  }
}

/** Two programs of one login may renew it at the same moment. */
const grace = 30_000

/** A refresh token works once. Shown again later, somebody has a copy: the whole login ends (RFC 9700, 4.14.2). */
export async function refreshLogin(
  registry: Registry,
  token: string,
): Promise<{ account: string; tokens: LoginTokens } | null> {
  const now = registry.now()
  return registry.database.write(async (tx) => {
    const row = await tx
      .selectFrom('tokens')
      .selectAll()
      .where('hash', '=', tokenHash(token))
      .where('kind', '=', 'refresh')
      .executeTakeFirst()
    if (!row || row.expires_at <= now) return null
    if (row.revoked_at !== null && now - row.revoked_at < grace) return null
    await revokeFamily(registry, tx, row.family)
    if (row.revoked_at !== null) return null
    return { account: row.account, tokens: await issueLogin(registry, tx, row.account, row.name, row.family) }
  })
}

const revokeFamily = (registry: Registry, tx: Writer, family: string) =>
  tx
    .updateTable('tokens')
    .set({ revoked_at: registry.now() })
    .where('family', '=', family)
    .where('revoked_at', 'is', null)
    .execute()

export async function logout(registry: Registry, token: string): Promise<void> {
  await registry.database.write(async (tx) => {
    const row = await tx.selectFrom('tokens').select('family').where('hash', '=', tokenHash(token)).executeTakeFirst()
    if (row) await revokeFamily(registry, tx, row.family)
  })
}

/** The row of a token that is good now; null otherwise. */
export async function useToken(registry: Registry, token: string): Promise<Row<'tokens'> | null> {
  const now = registry.now()
  const row = await registry.database.read
    .selectFrom('tokens')
    .selectAll()
    .where('hash', '=', tokenHash(token))
    .executeTakeFirst()
  if (!row || row.kind === 'refresh' || row.revoked_at !== null || row.expires_at <= now) return null
  if ((row.last_used_at ?? 0) < now - usedEvery)
    await registry.database.write((tx) =>
      tx.updateTable('tokens').set({ last_used_at: now }).where('id', '=', row.id).execute(),
    )
  return row
}

export async function addToken(
  registry: Registry,
  principal: Principal,
  account: Account,
  request: TokenRequest,
  scope: Scope | null,
): Promise<TokenInfo & { token: string }> {
  const excess = request.rights.filter((right) => !principal.rights.has(right))
  if (excess.length > 0)
    throw new Refusal(
      'ROAR_REGISTRY_FORBIDDEN',
      `A token cannot have more rights than its maker: ${excess.join(', ')}.`,
    )
  const now = registry.now()
  const { token, row } = await registry.database.write((tx) =>
    issue(registry.database, tx, now, {
      account: account.id,
      kind: 'api',
      name: request.name,
      rights: request.rights,
      scope: scope?.id ?? principal.boundTo,
      // Whoever finds a token that ends tomorrow must not make one of it that does not.
      lifetime: Math.min(request.expires_in_days * day, (principal.endsAt ?? Number.POSITIVE_INFINITY) - now),
      family: newId(),
    }),
  )
  return { ...tokenDocument(row, request.project ?? null), token }
}

export function tokenDocument(row: Row<'tokens'>, project: string | null): TokenInfo {
  const time = (at: number) => new Date(at).toISOString()
  return {
    id: row.id,
    name: row.name,
    rights: row.rights.split(' ') as Right[],
    project,
    created_at: time(row.created_at),
    expires_at: time(row.expires_at),
    last_used_at: row.last_used_at === null ? null : time(row.last_used_at),
  }
}

export async function listTokens(registry: Registry, account: string): Promise<readonly Row<'tokens'>[]> {
  return registry.database.read
    .selectFrom('tokens')
    .selectAll()
    .where('account', '=', account)
    .where('kind', '=', 'api')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', registry.now())
    .orderBy('created_at')
    .execute()
}

export async function revokeToken(registry: Registry, account: string, id: string): Promise<void> {
  const done = await registry.database.write((tx) =>
    tx
      .updateTable('tokens')
      .set({ revoked_at: registry.now() })
      .where('id', '=', id)
      .where('account', '=', account)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  if (done.numUpdatedRows === 0n) throw notFound('token')
}
