/** Who did what, when, from where. Addresses are kept as keyed hashes: enough to see that two were the same, not where they were. */
import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { newId } from '../identity/scopes.ts'
import type { Registry } from '../registry.ts'

export type Action =
  | `${'session' | 'job'}.${'publish' | 'withdraw'}`
  | `token.${'create' | 'revoke' | 'refresh'}`
  | `device.${'approve' | 'deny' | 'login'}`
  | `key.${'add' | 'remove'}`
  | `project.${'create' | 'member'}`
  | `account.${'create' | 'signin-failed'}`
  | 'receipt.add'
  | 'labels.change'

export async function audit(
  registry: Registry,
  request: FastifyRequest,
  action: Action,
  target: string | null,
  account: string | null = request.principal.account?.id ?? null,
): Promise<void> {
  const address = createHmac('sha256', registry.serverKey).update(`address ${request.ip}`).digest('hex').slice(0, 16)
  const row = { id: newId(), at: registry.now(), account, action, target, request: request.id, address }
  await registry.database.write((tx) => registry.database.insertNew(tx, 'audit', [row]))
  request.log.info({ audit: { action, target, account } }, action)
}
