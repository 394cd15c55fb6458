/** What somebody may do who has the database: tokens for an account, the list of all, an end to one. */
import type { Right, TokenInfo } from '../api/index.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { accountByName } from './accounts.ts'
import { addToken, allRights } from './tokens.ts'

export async function tokenFor(
  registry: Registry,
  wanted: { account: string; name: string; rights: readonly string[]; days: number },
): Promise<TokenInfo & { token: string }> {
  const account = await accountByName(registry, wanted.account)
  if (!account) throw notFound('account')
  const unknown = wanted.rights.find((right) => !allRights.includes(right as Right))
  if (unknown !== undefined) throw new Refusal('ROAR_REGISTRY_INVALID', `There is no right '${unknown}'.`)
  if (!Number.isInteger(wanted.days) || wanted.days < 1 || wanted.days > 366)
    throw new Refusal('ROAR_REGISTRY_INVALID', 'A token lasts 1 to 366 days.')
  const maker = { account, method: 'token' as const, rights: new Set(allRights), scopes: [], boundTo: null }
  const request = { name: wanted.name, rights: wanted.rights as Right[], expires_in_days: wanted.days }
  return addToken(registry, maker, account, request, null)
}

export async function listAccounts(registry: Registry) {
  const rows = await registry.database.read.selectFrom('accounts').selectAll().orderBy('name').execute()
  return rows.map((row) => ({
    name: row.name,
    provider: row.provider,
    created_at: new Date(row.created_at).toISOString(),
    disabled: row.disabled_at !== null,
  }))
}

/** Its tokens and keys are of no use from now on; what it has published stays. */
export async function disableAccount(registry: Registry, name: string): Promise<void> {
  const done = await registry.database.write((tx) =>
    tx.updateTable('accounts').set({ disabled_at: registry.now() }).where('name', '=', name).executeTakeFirst(),
  )
  if (done.numUpdatedRows === 0n) throw notFound('account')
}
