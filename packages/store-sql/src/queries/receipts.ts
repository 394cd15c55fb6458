/** Receipts of reproductions. */
import type { Insertable } from 'kysely'
import type { ReceiptOutputsTable, ReceiptsTable, Tables } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { row } from './values.ts'

export interface OfReceipt {
  readonly receipt: number
}

const receipts = (build: Build, { limit }: { limit: number }) =>
  build.selectFrom('receipts').selectAll().orderBy('id', 'desc').limit(limit)

const head = [
  'uid',
  'made_at',
  'user',
  'hostname',
  'os',
  'hardware',
  'version',
  'session',
  'verdict',
  'accept',
] as const

export const receiptQueries = {
  receipts,
  receiptsOfDigest: (build: Build, given: { limit: number; digest: string }) =>
    receipts(build, given).where('id', 'in', (eb) =>
      eb
        .selectFrom('receipt_digests')
        .select('receipt_id')
        .where('value', '=', given.digest)
        .where('side', '=', 'expected'),
    ),
  receiptOfUid: (build: Build, { uid }: { uid: string }) =>
    build.selectFrom('receipts').select('id').where('uid', '=', uid),
  substitutionsOfReceipt: (build: Build, { receipt }: OfReceipt) =>
    build.selectFrom('receipt_substitutions').select('text').where('receipt_id', '=', receipt).orderBy('ordinal'),
  outputsOfReceipt: (build: Build, { receipt }: OfReceipt) =>
    build
      .selectFrom('receipt_outputs')
      .innerJoin('paths', 'paths.id', 'receipt_outputs.path_id')
      .select(['ordinal', 'step', 'verdict', 'difference', 'path', 'escaped'])
      .where('receipt_id', '=', receipt)
      .orderBy('ordinal'),
  digestsOfReceipt: (build: Build, { receipt }: OfReceipt) =>
    build.selectFrom('receipt_digests').selectAll().where('receipt_id', '=', receipt),

  insertReceipt: (build: Build, given: Insertable<ReceiptsTable>) =>
    build
      .insertInto('receipts')
      .values({ ...row(given, head), ...row(given, ['holds', 'relative_tolerance', 'absolute_tolerance']) }),
  insertSubstitution: (build: Build, given: { receipt_id: number; ordinal: number; text: string }) =>
    build.insertInto('receipt_substitutions').values(row(given, ['receipt_id', 'ordinal', 'text'])),
  insertReceiptOutput: (build: Build, given: ReceiptOutputsTable) =>
    build
      .insertInto('receipt_outputs')
      .values(row(given, ['receipt_id', 'ordinal', 'path_id', 'step', 'verdict', 'difference'])),
  insertReceiptDigest: (build: Build, given: Tables['receipt_digests']) =>
    build.insertInto('receipt_digests').values(row(given, ['receipt_id', 'ordinal', 'side', 'algorithm', 'value'])),
}
