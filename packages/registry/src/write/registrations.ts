/** Registrations in the making: begun, resumed, given up, and ended by time. */
import { timingSafeEqual } from 'node:crypto'
import type { Registration, RegistrationStart } from '../api/index.ts'
import type { Principal } from '../identity/principal.ts'
import { requireAccount, requireRight } from '../identity/principal.ts'
import { newId } from '../identity/scopes.ts'
import { newToken, tokenHash } from '../identity/secrets.ts'
import { notFound } from '../refusal.ts'
import { pageUrl, type Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { dropStaged, stagedCounts } from './staging.ts'

const day = 86_400_000
const lifetime = 7 * day

export async function startRegistration(
  registry: Registry,
  principal: Principal,
  request: RegistrationStart,
): Promise<Registration> {
  requireRight(principal, 'write')
  const mode = request.mode ?? (principal.account ? 'attributed' : 'anonymous_public')
  const account = mode === 'attributed' ? requireAccount(principal).id : null
  // An anonymous one has no owner by whom it could be found again: only its token leads there.
  if (account !== null && request.client_session_id) {
    const known = await resumable(registry, account, request.client_session_id)
    if (known) return registrationDocument(registry, known, false)
  }
  const token = account === null ? newToken('registration') : null
  const now = registry.now()
  const row: Row<'registrations'> = {
    id: newId(),
    token_hash: token ? tokenHash(token) : null,
    account,
    client: request.client_session_id ?? null,
    mode,
    status: 'open',
    created_at: now,
    expires_at: now + lifetime,
    session: null,
    counts: null,
  }
  await registry.database.write((tx) => registry.database.insertNew(tx, 'registrations', [row]))
  return {
    ...(await registrationDocument(registry, row, true)),
    ...(token ? { registration_session_token: token } : {}),
  }
}

async function resumable(
  registry: Registry,
  account: string,
  client: string,
): Promise<Row<'registrations'> | undefined> {
  return registry.database.read
    .selectFrom('registrations')
    .selectAll()
    .where('account', '=', account)
    .where('client', '=', client)
    .where('expires_at', '>', registry.now())
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
}

/** The row, if the caller is who began it. Otherwise it does not exist. */
export async function ownRegistration(
  registry: Registry,
  principal: Principal,
  token: string | null,
  id: string,
): Promise<Row<'registrations'>> {
  const row = await registry.database.read
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.expires_at <= registry.now() || !owns(row, principal, token)) throw notFound('registration')
  requireRight(principal, 'write')
  return row
}

function owns(row: Row<'registrations'>, principal: Principal, token: string | null): boolean {
  if (row.account !== null) return principal.account?.id === row.account
  return token !== null && row.token_hash !== null && timingSafeEqual(tokenHash(token), row.token_hash)
}

export async function registrationDocument(
  registry: Registry,
  row: Row<'registrations'>,
  created: boolean,
): Promise<Registration> {
  const hash = row.session?.toString('hex') ?? null
  return {
    registration_session_id: row.id,
    mode: row.mode as Registration['mode'],
    created,
    status: row.status as Registration['status'],
    expires_at: new Date(row.expires_at).toISOString(),
    counts: created ? { jobs: 0, artifacts: 0, links: 0 } : await stagedCounts(registry, row.id),
    published_session_hash: hash,
    session_hash: hash,
    url: hash ? pageUrl(registry, 'dag', hash) : null,
  }
}

export async function giveUp(registry: Registry, id: string): Promise<void> {
  await registry.database.write(async (tx) => {
    await dropStaged(tx, id)
    await tx.deleteFrom('registrations').where('id', '=', id).where('status', '=', 'open').execute()
  })
}

/** What was begun and never ended; also the signatures and codes whose time is over. */
export async function sweep(registry: Registry): Promise<void> {
  const now = registry.now()
  const old = await registry.database.read
    .selectFrom('registrations')
    .select('id')
    .where('expires_at', '<', now)
    .limit(100)
    .execute()
  for (const { id } of old)
    await registry.database.write(async (tx) => {
      await dropStaged(tx, id)
      await tx.deleteFrom('registrations').where('id', '=', id).execute()
    })
  await registry.database.write(async (tx) => {
    await tx.deleteFrom('spent_signatures').where('expires_at', '<', now).execute()
    await tx.deleteFrom('device_codes').where('expires_at', '<', now).execute()
    await tx
      .deleteFrom('tokens')
      .where('expires_at', '<', now - 30 * day)
      .execute()
    const fragments = tx.selectFrom('fragment_sessions').select('id').where('expires_at', '<', now)
    await tx.deleteFrom('fragments').where('session', 'in', fragments).execute()
    await tx.deleteFrom('fragment_sessions').where('expires_at', '<', now).execute()
  })
}
