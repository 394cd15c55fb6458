/** Receipts: somebody made it again, and this is how it went. */
import type { Receipt, ReceiptClaim } from '../api/index.ts'
import { type Principal, requireRight } from '../identity/principal.ts'
import { idsIn, verdicts } from '../read/artifact.ts'
import { isoTime } from '../read/artifact-documents.ts'
import { readCursor, writeCursor } from '../read/cursor.ts'
import { oneArtifact } from '../read/find.ts'
import { visibleSession } from '../read/sessions.ts'
import { digestText, parseReference } from '../realm/digest.ts'
import type { Realm } from '../realm/realm.ts'
import { openRow, sealRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../schema/tables.ts'

interface Target {
  readonly realm: Realm
  readonly target: Buffer
  readonly hash: string | null
  readonly session: string | null
}

async function targetOf(registry: Registry, principal: Principal, claim: ReceiptClaim): Promise<Target> {
  if (claim.session_hash) {
    const { row, realm } = await visibleSession(registry, principal, claim.session_hash)
    return { realm, target: row.hash, hash: null, session: claim.session_hash }
  }
  if (!claim.hash) throw new Refusal('ROAR_REGISTRY_INVALID', 'A receipt names an artifact or a session.')
  const query = { ...parseReference(claim.hash), ...(claim.algorithm ? { algorithm: claim.algorithm } : {}) }
  const { found } = await oneArtifact(registry.database.read, principal, query)
  const { algorithm, digest, id } = found.row
  const hash = algorithm && digest ? digestText({ algorithm, bytes: digest }) : null
  return { realm: found.realm, target: id, hash, session: null }
}

/** The same receipt again is the one that is there, if it is the same caller's. */
export async function addReceipt(registry: Registry, principal: Principal, claim: ReceiptClaim): Promise<Receipt> {
  requireRight(principal, 'write')
  const target = await targetOf(registry, principal, claim)
  const { document, environment, started_at, receipt_id } = claim
  const row: Row<'receipts'> = {
    id: receipt_id,
    realm: target.realm.id,
    target: target.target,
    verdict: verdicts.indexOf(claim.verdict),
    account: principal.account?.id ?? null,
    at: registry.now(),
    document: JSON.stringify({ document, environment, started_at }),
    sealed: null,
  }
  const stored = await registry.database.write(async (tx) => {
    await registry.database.insertNew(tx, 'receipts', [sealRow(target.realm, 'receipts', row)])
    return tx.selectFrom('receipts').selectAll().where('id', '=', receipt_id).executeTakeFirstOrThrow()
  })
  const isSame = stored.target.equals(row.target) && stored.account === row.account && stored.verdict === row.verdict
  if (!isSame) throw new Refusal('ROAR_REGISTRY_CONFLICT', 'There is another receipt of this id.')
  return receiptDocument(openRow(target.realm, 'receipts', stored), target, principal.account?.name ?? null)
}

function receiptDocument(row: Row<'receipts'>, about: Pick<Target, 'hash' | 'session'>, by: string | null): Receipt {
  const { document = null, environment = null } = JSON.parse(row.document ?? '{}')
  return {
    receipt_id: row.id,
    hash: about.hash,
    session_hash: about.session,
    verdict: verdicts[row.verdict] ?? 'different',
    by,
    at: isoTime(row.at),
    document,
    environment,
  }
}

export async function receiptPage(
  registry: Registry,
  principal: Principal,
  reference: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Receipt[]; next: string | null }> {
  const { found } = await oneArtifact(registry.database.read, principal, parseReference(reference))
  const realms = new Map(idsIn(principal, found).map(([realm, id]) => [id.toString('latin1'), realm]))
  let query = registry.database.read
    .selectFrom('receipts')
    .leftJoin('accounts', 'accounts.id', 'receipts.account')
    .selectAll('receipts')
    .select('accounts.name')
    .where(
      'target',
      'in',
      idsIn(principal, found).map(([, id]) => id),
    )
  if (page.cursor) {
    const [at, key] = readCursor(page.cursor)
    const id = key.toString()
    query = query.where((eb) => eb(eb.refTuple('at', 'receipts.id'), '<', eb.tuple(at, id)))
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('receipts.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const { algorithm, digest } = found.row
  const hash = algorithm && digest ? digestText({ algorithm, bytes: digest }) : null
  return {
    items: shown.map(({ name, ...row }) => {
      const realm = realms.get(row.target.toString('latin1')) as Realm
      return receiptDocument(openRow(realm, 'receipts', row), { hash, session: null }, name)
    }),
    next: rows.length > page.limit && last ? writeCursor(last.at, Buffer.from(last.id)) : null,
  }
}
