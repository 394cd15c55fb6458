/** The SSH keys that belong to an account. */
import type { SshKey } from '../api/index.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'
import { readPublicKey } from './ssh-key.ts'
import { SshReader } from './ssh-wire.ts'

export async function addKey(
  registry: Registry,
  account: string,
  line: string,
  name: string | null,
): Promise<Row<'ssh_keys'>> {
  const key = readPublicKey(line)
  const row: Row<'ssh_keys'> = {
    fingerprint: key.fingerprint,
    account,
    public_key: key.blob.toString('base64'),
    name: name ?? key.comment,
    created_at: registry.now(),
  }
  const added = await registry.database.write((tx) => registry.database.insertNew(tx, 'ssh_keys', [row]))
  if (added === 0) throw new Refusal('ROAR_REGISTRY_CONFLICT', 'This key belongs to an account already.')
  return row
}

export const listKeys = (registry: Registry, account: string): Promise<Row<'ssh_keys'>[]> =>
  registry.database.read
    .selectFrom('ssh_keys')
    .selectAll()
    .where('account', '=', account)
    .orderBy('created_at')
    .execute()

export async function removeKey(registry: Registry, account: string, fingerprint: string): Promise<void> {
  const done = await registry.database.write((tx) =>
    tx.deleteFrom('ssh_keys').where('fingerprint', '=', fingerprint).where('account', '=', account).executeTakeFirst(),
  )
  if (done.numDeletedRows === 0n) throw notFound('key')
}

export const keyDocument = (row: Row<'ssh_keys'>): SshKey => ({
  fingerprint: row.fingerprint,
  type: new SshReader(Buffer.from(row.public_key, 'base64')).text(),
  name: row.name,
  created_at: new Date(row.created_at).toISOString(),
})
