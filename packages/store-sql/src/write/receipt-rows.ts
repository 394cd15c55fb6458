/** Writes a receipt. The same one again changes nothing. */
import type { Digests, Receipt } from '@roar/core'
import type { Sql } from '../sql.ts'
import { PathIds } from './path-ids.ts'

export function recordReceipt(sql: Sql, receipt: Receipt): void {
  sql.transaction(() => {
    if (sql.first('receiptOfUid', { uid: receipt.id }) === undefined)
      writeOutputs(sql, writeHead(sql, receipt), receipt)
  })
}

function writeHead(sql: Sql, receipt: Receipt): number {
  const { id } = sql.run('insertReceipt', {
    uid: receipt.id,
    made_at: receipt.madeAt,
    user: receipt.user,
    hostname: receipt.hostname,
    os: receipt.os,
    hardware: receipt.hardware,
    version: receipt.version,
    session: receipt.session,
    verdict: receipt.verdict,
    accept: receipt.accept,
    holds: receipt.holds ? 1 : 0,
    relative_tolerance: receipt.relativeTolerance,
    absolute_tolerance: receipt.absoluteTolerance,
  })
  for (const [ordinal, text] of receipt.substitutions.entries())
    sql.run('insertSubstitution', { receipt_id: id, ordinal, text })
  return id
}

function writeOutputs(sql: Sql, receipt: number, { outputs }: Receipt): void {
  const paths = new PathIds(sql).of(outputs.map((one) => one.path))
  for (const [ordinal, output] of outputs.entries()) {
    const { step, verdict, difference } = output
    const row = { receipt_id: receipt, ordinal, path_id: paths[ordinal] as number, step, verdict, difference }
    sql.run('insertReceiptOutput', row)
    writeDigests(sql, { receipt_id: receipt, ordinal, side: 'expected' }, output.expected)
    writeDigests(sql, { receipt_id: receipt, ordinal, side: 'found' }, output.found ?? {})
  }
}

type Side = { readonly receipt_id: number; readonly ordinal: number; readonly side: 'expected' | 'found' }

function writeDigests(sql: Sql, side: Side, digests: Digests): void {
  for (const [algorithm, value] of Object.entries(digests))
    sql.run('insertReceiptDigest', { ...side, algorithm, value })
}
