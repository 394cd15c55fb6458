/** Receipts: somebody made it again, and this is how it went. */
import type { Receipt, ReceiptClaim } from '../api/index.ts'
import { type Principal, requireRight } from '../identity/principal.ts'
import { idsIn, verdicts } from '../read/artifact.ts'
import { isoTime } from '../read/artifact-documents.ts'
import { readTextCursor, writeCursor } from '../read/cursor.ts'
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

/** Newest first. The artifact has an id in each of the caller's realms, and each its own order in the index. */
export async function receiptPage(
  registry: Registry,
  principal: Principal,
  reference: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Receipt[]; next: string | null }> {
  const { found } = await oneArtifact(registry.database.read, principal, parseReference(reference))
  const after = page.cursor ? readTextCursor(page.cursor) : null
  const pages = await Promise.all(
    idsIn(principal, found).map(([realm, id]) => receiptsOf(registry, realm, id, after, page.limit + 1)),
  )
  const rows = pages.flat().sort((a, b) => b.row.at - a.row.at || (a.row.id < b.row.id ? 1 : -1))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)?.row
  const { algorithm, digest } = found.row
  const hash = algorithm && digest ? digestText({ algorithm, bytes: digest }) : null
  return {
    items: shown.map(({ row, by }) => receiptDocument(row, { hash, session: null }, by)),
    next: rows.length > page.limit && last ? writeCursor(last.at, Buffer.from(last.id)) : null,
  }
}

async function receiptsOf(
  { database }: Registry,
  realm: Realm,
  target: Buffer,
  after: [number, string] | null,
  limit: number,
) {
  let query = database.read
    .selectFrom('receipts')
    .leftJoin('accounts', 'accounts.id', 'receipts.account')
    .selectAll('receipts')
    .select('accounts.name')
    .where('target', '=', target)
  if (after) query = query.where((eb) => eb(eb.refTuple('at', 'receipts.id'), '<', eb.tuple(...after)))
  const rows = await query.orderBy('at', 'desc').orderBy('receipts.id', 'desc').limit(limit).execute()
  return rows.map(({ name, ...row }) => ({ row: openRow(realm, 'receipts', row), by: name }))
}
