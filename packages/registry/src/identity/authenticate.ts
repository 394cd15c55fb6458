/** From the headers of a request to who makes it. A credential that is shown and does not hold is refused, never taken for nobody. */
import { createHash } from 'node:crypto'
import type { Right } from '../api/index.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import { accountById } from './accounts.ts'
import { type Account, anonymous, type Principal } from './principal.ts'
import { scopesOf } from './scopes.ts'
import { signatureHolds } from './ssh-signature.ts'
import { allRights, useToken } from './tokens.ts'

export interface SignedRequest {
  readonly method: string
  /** With the query, as it came. */
  readonly path: string
  readonly body: Buffer | null
}

/** Clocks may differ so much; within it, a signature counts once. */
const window = 300

export async function authenticate(
  registry: Registry,
  header: string | undefined,
  request: () => SignedRequest,
): Promise<Principal> {
  if (header === undefined) return anonymous
  const [scheme = '', rest = ''] = splitOnce(header, ' ')
  if (/^bearer$/i.test(scheme)) return byToken(registry, rest.trim())
  if (/^signature$/i.test(scheme)) return bySignature(registry, rest, request())
  // Belongs to one registration, and is looked at there.
  if (/^registrationsession$/i.test(scheme)) return anonymous
  throw unauthenticated('The Authorization header has a scheme that is not known here.')
}

/** The token of an anonymous registration, if the request shows one. */
export function registrationToken(header: string | undefined): string | null {
  const [scheme = '', rest = ''] = splitOnce(header ?? '', ' ')
  return /^registrationsession$/i.test(scheme) ? rest.trim() : null
}

const splitOnce = (text: string, at: string): string[] => {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

async function byToken(registry: Registry, token: string): Promise<Principal> {
  const row = await useToken(registry, token)
  const account = row ? await accountById(registry, row.account) : null
  if (!row || !account) throw unauthenticated('The token is not valid: it has ended, or was taken back.')
  const principal = await principalOf(registry, account, 'token', row.rights.split(' ') as Right[], row.scope)
  return row.kind === 'api' ? { ...principal, endsAt: row.expires_at } : principal
}

async function bySignature(registry: Registry, text: string, request: SignedRequest): Promise<Principal> {
  const fields = Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  const { keyid = '', ts = '', sig = '' } = fields as Record<string, string | undefined>
  const now = Math.floor(registry.now() / 1000)
  if (!/^\d{1,12}$/.test(ts) || Math.abs(Number(ts) - now) > window)
    throw unauthenticated('The signature is too old, or the clocks differ by more than five minutes.')
  const row = await registry.database.read
    .selectFrom('ssh_keys')
    .select(['account', 'public_key'])
    .where('fingerprint', '=', keyid)
    .executeTakeFirst()
  const signature = Buffer.from(sig, 'base64')
  const message = signedText(ts, request)
  if (!row || !signatureHolds(Buffer.from(row.public_key, 'base64'), message, signature))
    throw unauthenticated('The signature does not hold, or its key belongs to no account here.')
  const mayRepeat = now - Number(ts) <= 2 && /^(GET|HEAD)$/.test(request.method)
  await spend(registry, ts, Buffer.concat([Buffer.from(`${keyid}\n`), message]), mayRepeat)
  const account = await accountById(registry, row.account)
  if (!account) throw unauthenticated('The account is disabled.')
  return principalOf(registry, account, 'ssh', allRights, null)
}

function signedText(ts: string, { method, path, body }: SignedRequest): Buffer {
  const parts = [ts, method, path]
  if (body && body.length > 0) parts.push(createHash('sha256').update(body).digest('hex'))
  return Buffer.from(parts.join('\n'))
}

/**
 * What was signed counts once, not the bytes of its signature: those can be written in several ways. Only a question may come twice at once, as two
 * programs ask it in the same second.
 */
async function spend(registry: Registry, ts: string, signed: Buffer, mayRepeat: boolean): Promise<void> {
  const hash = createHash('sha256').update(signed).digest()
  const expires_at = (Number(ts) + window) * 1000
  const added = await registry.database.write((tx) =>
    registry.database.insertNew(tx, 'spent_signatures', [{ hash, expires_at }]),
  )
  if (added === 0 && !mayRepeat) throw unauthenticated('This signature was used before.')
}

async function principalOf(
  registry: Registry,
  account: Account,
  method: 'token' | 'ssh',
  rights: readonly Right[],
  boundTo: string | null,
): Promise<Principal> {
  const scopes = await scopesOf(registry, account.id)
  return {
    account,
    method,
    rights: new Set(rights),
    scopes: boundTo === null ? scopes : scopes.filter((scope) => scope.id === boundTo),
    boundTo,
  }
}

const unauthenticated = (message: string): Refusal =>
  new Refusal('ROAR_REGISTRY_UNAUTHENTICATED', message, { remedy: ['roar login'] })
