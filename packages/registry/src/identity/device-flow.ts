/** Logging a terminal in by a page in the browser (RFC 8628). */
import type { DeviceCode, DeviceRefusal, TokenSet } from '../api/index.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { accountById } from './accounts.ts'
import type { Account } from './principal.ts'
import { newToken, newUserCode, tokenHash } from './secrets.ts'
import { issueLogin, type LoginTokens } from './tokens.ts'

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const lifetime = 600_000
const interval = 2000

export async function startDevice(registry: Registry, client: string): Promise<DeviceCode> {
  const code = newToken('device')
  const now = registry.now()
  const user_code = newUserCode()
  await registry.database.write(async (tx) => {
    await tx.deleteFrom('device_codes').where('expires_at', '<', now).execute()
    await registry.database.insertNew(tx, 'device_codes', [
      {
        hash: tokenHash(code),
        user_code,
        client,
        status: 'pending',
        account: null,
        created_at: now,
        expires_at: now + lifetime,
        polled_at: null,
      },
    ])
  })
  const page = `${registry.settings.publicUrl}/device`
  return {
    device_code: code,
    user_code,
    verification_uri: page,
    verification_uri_complete: `${page}?code=${user_code}`,
    expires_in: lifetime / 1000,
    interval: interval / 1000,
  }
}

/** Case and dashes do not matter to who types it. */
const normalUserCode = (text: string): string => {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, '')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

export async function pendingDevice(registry: Registry, userCode: string): Promise<Row<'device_codes'> | null> {
  const row = await registry.database.read
    .selectFrom('device_codes')
    .selectAll()
    .where('user_code', '=', normalUserCode(userCode))
    .where('status', '=', 'pending')
    .where('expires_at', '>', registry.now())
    .executeTakeFirst()
  return row ?? null
}

/** `account` null: the person says no. Once said, it is said. */
export async function answerDevice(registry: Registry, userCode: string, account: Account | null): Promise<void> {
  const done = await registry.database.write((tx) =>
    tx
      .updateTable('device_codes')
      .set({ status: account ? 'approved' : 'denied', account: account?.id ?? null })
      .where('user_code', '=', normalUserCode(userCode))
      .where('status', '=', 'pending')
      .where('expires_at', '>', registry.now())
      .executeTakeFirst(),
  )
  if (done.numUpdatedRows === 0n)
    throw new Refusal('ROAR_REGISTRY_NOT_FOUND', 'This code is not known, was used, or is over its ten minutes.', {
      remedy: ['roar login gives a new one.'],
    })
}

export type DeviceAnswer = { readonly tokens: TokenSet } | { readonly refusal: DeviceRefusal }

const refuse = (error: DeviceRefusal['error'], error_description: string): DeviceAnswer => ({
  refusal: { error, error_description },
})

export async function pollDevice(registry: Registry, grant: string, deviceCode: string): Promise<DeviceAnswer> {
  if (grant !== deviceGrant) return refuse('unsupported_grant_type', `The grant type is ${deviceGrant}.`)
  const hash = tokenHash(deviceCode)
  const now = registry.now()
  return registry.database.write(async (tx) => {
    const row = await tx.selectFrom('device_codes').selectAll().where('hash', '=', hash).executeTakeFirst()
    if (!row || row.expires_at <= now)
      return refuse('expired_token', 'The code is not known, or is over its ten minutes.')
    if (row.status === 'denied') return refuse('access_denied', 'The request was denied in the browser.')
    await tx.updateTable('device_codes').set({ polled_at: now }).where('hash', '=', hash).execute()
    if (row.status !== 'approved' || row.account === null)
      return row.polled_at !== null && now - row.polled_at < interval / 2
        ? refuse('slow_down', `Ask every ${interval / 1000} seconds.`)
        : refuse('authorization_pending', 'Nobody has approved it yet.')
    await tx.deleteFrom('device_codes').where('hash', '=', hash).execute()
    const account = await accountById(registry, row.account)
    if (!account) return refuse('access_denied', 'The account is disabled.')
    return { tokens: tokenSet(registry, account, await issueLogin(registry, tx, account.id, row.client)) }
  })
}

export function tokenSet(registry: Registry, account: Account, tokens: LoginTokens): TokenSet {
  return {
    access_token: tokens.access,
    refresh_token: tokens.refresh,
    token_type: 'Bearer',
    expires_in: tokens.expiresIn,
    refresh_expires_at: new Date(tokens.refreshExpiresAt).toISOString(),
    status: 'approved',
    provider: account.provider,
    issuer: registry.settings.publicUrl,
    user: userDocument(account),
  }
}

export const userDocument = ({ id, name, email }: Account) => ({ id, sub: id, username: name, email })
